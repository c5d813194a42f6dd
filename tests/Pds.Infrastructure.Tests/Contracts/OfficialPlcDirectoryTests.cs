using Pds.Application.Ports;
using Pds.Infrastructure.Plc;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>The client of a directory, against the official implementation of one.</summary>
[NeedsOfficialPlc]
public sealed class OfficialPlcDirectoryTests : PlcDirectoryContract, IDisposable
{
    private readonly HttpPlcDirectory _directory = HttpPlcDirectoryTests.Client(new Uri(NeedsOfficialPlcAttribute.Url ?? "http://localhost:1"));

    protected override IPlcDirectory Directory => _directory;

    public void Dispose() => _directory.Dispose();
}
