using Microsoft.Extensions.DependencyInjection;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Writing;
using Pds.Infrastructure.Tests.Contracts;

namespace Pds.Infrastructure.Tests.Persistence;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    private readonly SqliteFixture _database = new();

    private GroupCommit Writer => _database.Services.GetRequiredService<GroupCommit>();

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await Writer.SaveAsync(Save(sql => sql.Execute("CREATE TABLE line (number INTEGER NOT NULL PRIMARY KEY)")));
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Saves_that_wait_together_share_a_transaction()
    {
        var (hold, held) = await HoldAsync();

        var saves = Enumerable.Range(0, 20).Select(number => Writer.SaveAsync(Save(sql => Insert(sql, number), With(Alice)))).ToList();
        var batches = new List<int>();
        _database.Published.OnPublish = events => batches.Add(events.Count);
        hold.SetResult();
        await Task.WhenAll([held, .. saves]);

        Assert.Equal([20], batches); // what is durable together is published together
        Assert.Equal(20, Count());
    }

    [Fact]
    public async Task A_save_that_fails_leaves_nothing_and_the_others_of_its_batch_are_saved()
    {
        var (hold, held) = await HoldAsync();

        var before = Writer.SaveAsync(Save(sql => Insert(sql, 1), With(Alice)));
        var failing = Writer.SaveAsync(Save(
            sql =>
            {
                Insert(sql, 2);
                throw new InvalidOperationException("no");
            },
            With(Alice)));
        var duplicate = Writer.SaveAsync(Save(
            sql =>
            {
                Insert(sql, 3);
                Insert(sql, 1);
            },
            With(Alice)));
        var after = Writer.SaveAsync(Save(sql => Insert(sql, 4), With(Alice)));
        hold.SetResult();
        await Task.WhenAll(held, before, after);

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        await Assert.ThrowsAsync<Application.Errors.XrpcException>(() => duplicate);
        Assert.Equal([1, 4], Lines());
        Assert.Equal(2, _database.Published.Events.Count);
    }

    [Fact]
    public async Task Events_are_published_after_they_are_durable_and_before_their_save_ends()
    {
        var seen = -1L;
        _database.Published.OnPublish = _ => seen = Count();

        await Writer.SaveAsync(Save(sql => Insert(sql, 1), With(Alice)));

        Assert.Equal(1, seen);
        Assert.Single(_database.Published.Events);
    }

    [Fact]
    public async Task Events_are_published_in_the_order_of_their_numbers()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => Task.Run(() => Writer.SaveAsync(Save(sql => Insert(sql, number), With(Alice))))));

        var published = _database.Published.Events.Select(sequenced => sequenced.Seq).ToList();
        Assert.Equal(300, published.Distinct().Count());
        Assert.Equal(published.Order(), published);
    }

    [Fact]
    public async Task A_publisher_that_fails_does_not_fail_the_save_nor_stop_the_writer()
    {
        _database.Published.OnPublish = _ => throw new InvalidOperationException("no");
        await Writer.SaveAsync(Save(sql => Insert(sql, 1), With(Alice)));

        _database.Published.OnPublish = null;
        await Writer.SaveAsync(Save(sql => Insert(sql, 2), With(Alice)));

        Assert.Equal([1, 2], Lines());
        Assert.Single(_database.Published.Events);
    }

    [Fact]
    public async Task What_is_queued_when_the_server_stops_is_saved_and_what_comes_later_is_refused()
    {
        var saves = Enumerable.Range(0, 100).Select(number => Writer.SaveAsync(Save(sql => Insert(sql, number)))).ToList();

        await Writer.DisposeAsync();

        await Task.WhenAll(saves);
        Assert.Equal(100, Count());
        await Assert.ThrowsAsync<Application.Errors.XrpcException>(() => Writer.SaveAsync(Save(sql => Insert(sql, 1000))));
    }

    /// <summary>Keeps the writer busy until told, so that what comes meanwhile waits together.</summary>
    private async Task<(TaskCompletionSource Hold, Task Held)> HoldAsync()
    {
        var (hold, isHeld) = (new TaskCompletionSource(), new TaskCompletionSource());
        var held = Writer.SaveAsync(Save(_ =>
        {
            isHeld.SetResult();
            hold.Task.GetAwaiter().GetResult();
        }));
        await isHeld.Task;
        return (hold, held);
    }

    private long Count() => Lines().Count;

    private List<long> Lines()
    {
        using var read = _database.Services.GetRequiredService<ReadConnections>().Rent();
        using var rows = read.Sql.Query("SELECT number FROM line ORDER BY number");
        var numbers = new List<long>();
        while (rows.Read()) numbers.Add(rows.GetInt64(0));
        return numbers;
    }

    private static void Insert(PreparedConnection sql, int number) => sql.Execute("INSERT INTO line (number) VALUES (@0)", number);

    private static RepoEvent[] With(Did account) => [new AccountEvent(account, AccountStatus.Active)];

    private static PendingSave Save(Action<PreparedConnection> step, RepoEvent[]? events = null) => new(context: null, [step], events ?? []);
}
