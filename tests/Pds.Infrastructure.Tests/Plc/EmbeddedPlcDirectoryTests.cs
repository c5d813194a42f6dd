using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Plc;
using Pds.Infrastructure.Tests.Contracts;

namespace Pds.Infrastructure.Tests.Plc;

/// <summary>What the embedded directory does beyond the contract: its clock and its callers are in the test's hands.</summary>
public sealed class EmbeddedPlcDirectoryTests : IAsyncLifetime
{
    private static readonly KeyFactory Keys = new();

    private readonly SqliteFixture _database = new();
    private readonly ISigningKey _strong = Keys.Import(PrivateKey.Generate(Curve.K256));
    private readonly ISigningKey _weak = Keys.Import(PrivateKey.Generate(Curve.K256));

    private EmbeddedPlcDirectory Directory => _database.Services.GetRequiredService<EmbeddedPlcDirectory>();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Accepts_one_of_many_that_come_at_once()
    {
        var genesis = await PublishAsync("alice.test");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => TryAsync(genesis.Did, Update(genesis.Operation, $"name{i}.test")))));

        Assert.Single(outcomes, accepted => accepted);
        Assert.Equal(2, (await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Entries.Count);
    }

    [Fact]
    public async Task Refuses_a_recovery_after_three_days()
    {
        var genesis = await PublishAsync("alice.test");
        await SubmitAsync(genesis.Did, Update(genesis.Operation, "mallory.test"));

        _database.Time.Advance(TimeSpan.FromHours(73));

        Assert.False(await TryAsync(genesis.Did, PlcRegularOperation.Sign(State("alice.test"), genesis.Operation.Cid, _strong)));
    }

    [Fact]
    public async Task Refuses_the_eleventh_operation_within_an_hour()
    {
        var genesis = await PublishAsync("alice.test");
        PlcOperation last = genesis.Operation;
        for (var i = 1; i < 10; i++) await SubmitAsync(genesis.Did, last = Update(last, $"name{i}.test"));
        var next = Update(last, "name10.test");

        Assert.False(await TryAsync(genesis.Did, next));
        _database.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.True(await TryAsync(genesis.Did, next));
    }

    [Fact]
    public async Task Refuses_an_operation_that_is_larger_than_any_may_be()
    {
        var state = State("alice.test") with { AlsoKnownAs = [.. Enumerable.Range(0, 40).Select(i => $"at://{i}{new string('a', 240)}")] };
        var genesis = PlcGenesis.Create(state, _weak);

        Assert.False(await TryAsync(genesis.Did, genesis.Operation));
    }

    [Fact]
    public async Task Exports_page_after_page_without_loss_though_the_clock_stands_still_or_goes_back()
    {
        for (var i = 0; i < 5; i++) await PublishAsync($"before{i}.test");
        _database.Time.Advance(TimeSpan.FromDays(-1));
        for (var i = 0; i < 5; i++) await PublishAsync($"after{i}.test");

        List<PlcExport> all = [];
        while (await Directory.ExportAsync(all.LastOrDefault()?.Entry.CreatedAt ?? DateTimeOffset.UnixEpoch, limit: 3, CancellationToken.None) is { Count: > 0 } page)
            all.AddRange(page);

        Assert.Equal(10, all.Select(export => export.Did).Distinct().Count());
        Assert.Equal(10, all.Count);
    }

    private PlcState State(string handle) =>
        PlcState.Of([_strong.PublicKey, _weak.PublicKey], _weak.PublicKey, Handle.Parse(handle), new Uri("https://pds.example.com"));

    private PlcRegularOperation Update(PlcOperation after, string handle) => PlcRegularOperation.Sign(State(handle), after.Cid, _weak);

    private async Task<PlcGenesis> PublishAsync(string handle)
    {
        var genesis = PlcGenesis.Create(State(handle), _weak);
        await SubmitAsync(genesis.Did, genesis.Operation);
        return genesis;
    }

    private Task SubmitAsync(Did identity, PlcOperation operation) => Directory.SubmitAsync(identity, operation, CancellationToken.None);

    private async Task<bool> TryAsync(Did identity, PlcOperation operation)
    {
        try
        {
            await SubmitAsync(identity, operation);
            return true;
        }
        catch (PlcException)
        {
            return false;
        }
    }
}
