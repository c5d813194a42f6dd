using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Plc;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Over HTTP: against a server's embedded directory, or against the directory that <c>PDS_TEST_PLC_URL</c> names.</summary>
public sealed class HttpPlcDirectoryTests : PlcDirectoryContract
{
    private readonly PdsFixture _server = new();
    private HttpPlcDirectory? _directory;

    private static string? Elsewhere => Environment.GetEnvironmentVariable("PDS_TEST_PLC_URL");

    private protected override IPlcDirectory Directory => _directory!;

    public override async Task InitializeAsync()
    {
        if (Elsewhere is null) await _server.InitializeAsync();
        var cache = new IdentityCache(new IdentityCacheOptions(), TimeProvider.System);
        _directory = new HttpPlcDirectory(new Uri(Elsewhere ?? $"{_server.Url}/plc"), new IdentityLookupOptions(), cache);
    }

    public override async Task DisposeAsync()
    {
        _directory?.Dispose();
        await _server.DisposeAsync();
    }
}
