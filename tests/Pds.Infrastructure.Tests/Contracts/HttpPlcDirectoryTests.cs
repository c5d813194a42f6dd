using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Plc;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>The client of a directory, against the embedded one over HTTP.</summary>
public sealed class HttpPlcDirectoryTests(PdsFixture pds) : PlcDirectoryContract, IClassFixture<PdsFixture>, IDisposable
{
    private readonly HttpPlcDirectory _directory = Client(new Uri($"{pds.Url}/plc"));

    protected override IPlcDirectory Directory => _directory;

    public void Dispose() => _directory.Dispose();

    internal static HttpPlcDirectory Client(Uri directory) =>
        new(directory, new IdentityLookupOptions(), new IdentityCache(new IdentityCacheOptions(), TimeProvider.System));
}
