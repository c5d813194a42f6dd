using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Infrastructure.Plc;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class EmbeddedPlcDirectoryTests : PlcDirectoryContract
{
    private readonly SqliteFixture _database = new();

    private protected override IPlcDirectory Directory => _database.Services.GetRequiredService<EmbeddedPlcDirectory>();

    public override Task InitializeAsync() => _database.InitializeAsync();

    public override Task DisposeAsync() => _database.DisposeAsync();
}
