using Microsoft.Extensions.Logging.Abstractions;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Plc;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Sqlite;
using Pds.Infrastructure.Persistence.Writing;
using Pds.Infrastructure.Plc;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class EmbeddedPlcDirectoryTests : PlcDirectoryContract, IAsyncLifetime
{
    private readonly DirectoryInfo _data = System.IO.Directory.CreateTempSubdirectory("pds-test-");
    private readonly ManualTime _time = new();
    private EmbeddedPlcDirectory? _directory;
    private Func<Task> _close = () => Task.CompletedTask;

    protected override IPlcDirectory Directory => _directory!;

    public async Task InitializeAsync()
    {
        var database = new SqliteDatabase(new StorageOptions
        {
            DataDirectory = _data.FullName, BlobDirectory = "", BlobTemporaryDirectory = "", BlobUploadLimit = 0,
        });
        await database.MigrateAsync(CancellationToken.None);
        var reads = new ReadConnections(database);
        var writer = new GroupCommit(database, new EventSequence(_time), new NoEvents(), NullLogger<GroupCommit>.Instance);
        writer.Start();
        _directory = new EmbeddedPlcDirectory(new PlcOperationStore(reads, writer), new RepoGate(), new SignatureVerifier(), _time);
        _close = async () =>
        {
            await writer.DisposeAsync();
            reads.Dispose();
        };
    }

    public async Task DisposeAsync()
    {
        await _close();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Accepts_one_of_many_that_come_at_once()
    {
        var genesis = await PublishAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => TryAsync(genesis, Update(genesis.Operation, $"name{i}.test"))));

        Assert.Single(outcomes, accepted => accepted);
        Assert.Equal(2, (await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Entries.Count);
    }

    [Fact]
    public async Task Refuses_a_recovery_after_three_days()
    {
        var genesis = await PublishAsync();
        await Directory.SubmitAsync(genesis.Did, Update(genesis.Operation, "mallory.test"), CancellationToken.None);

        _time.Now += TimeSpan.FromHours(73);

        await RefusesAsync(genesis.Did, Recover(genesis.Operation, "alice.test"));
    }

    [Fact]
    public async Task Refuses_the_eleventh_operation_within_an_hour()
    {
        var genesis = await PublishAsync();
        PlcOperation last = genesis.Operation;
        for (var i = 1; i < 10; i++) await Directory.SubmitAsync(genesis.Did, last = Update(last, $"name{i}.test"), CancellationToken.None);
        var next = Update(last, "name10.test");

        await RefusesAsync(genesis.Did, next);
        _time.Now += TimeSpan.FromHours(1.01);
        await Directory.SubmitAsync(genesis.Did, next, CancellationToken.None);
    }

    [Fact]
    public async Task Refuses_an_operation_of_old()
    {
        var legacy = PlcOperation.Parse("""{"type":"create","signingKey":"did:key:zQ3shP5TBe1sQfSttXty15FAEHV1DZgcxRZNxvEWnPfLFwLxJ","recoveryKey":"did:key:zQ3shP5TBe1sQfSttXty15FAEHV1DZgcxRZNxvEWnPfLFwLxJ","handle":"a.test","service":"https://a.test","prev":null,"sig":"x"}"""u8);

        await RefusesAsync(PlcGenesis.DidOf(legacy.Cid), legacy);
    }

    [Fact]
    public async Task Exports_page_after_page_without_loss_though_the_clock_stands_still()
    {
        for (var i = 0; i < 5; i++) await PublishAsync($"before{i}.test");
        _time.Now -= TimeSpan.FromDays(1); // and even though it goes back
        for (var i = 0; i < 5; i++) await PublishAsync($"after{i}.test");

        List<PlcExport> all = [];
        while (await _directory!.ExportAsync(all.LastOrDefault()?.Entry.CreatedAt ?? DateTimeOffset.UnixEpoch, limit: 3, CancellationToken.None) is { Count: > 0 } page)
            all.AddRange(page);

        Assert.Equal(10, all.Select(export => export.Did).Distinct().Count());
        Assert.Equal(all.Select(export => export.Entry.CreatedAt).Order(), all.Select(export => export.Entry.CreatedAt));
    }

    private async Task<bool> TryAsync(PlcGenesis genesis, PlcOperation operation)
    {
        try
        {
            await Task.Run(() => Directory.SubmitAsync(genesis.Did, operation, CancellationToken.None));
            return true;
        }
        catch (PlcException)
        {
            return false;
        }
    }

    private sealed class NoEvents : IEventPublisher
    {
        public void Publish(IReadOnlyList<SequencedEvent> events) => Assert.Fail("An operation is no event");
    }
}
