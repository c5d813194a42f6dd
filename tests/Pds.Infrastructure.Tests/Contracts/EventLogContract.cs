using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class EventLogContract : StoreContract
{
    private protected EventLogContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Is_empty_at_first()
    {
        Assert.Equal(0, await LastAsync());
        Assert.Empty(await ReadAsync(0));
    }

    [Fact]
    public async Task Numbers_events_by_the_microseconds_of_the_clock_in_the_order_they_were_appended()
    {
        await AppendAsync(Alice, Bob, Alice);

        var events = await ReadAsync(0);

        var first = (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Assert.Equal([first, first + 1, first + 2], events.Select(sequenced => sequenced.Seq));
        Assert.Equal(first + 2, await LastAsync());
        Assert.Equal(
            new[] { Alice, Bob, Alice }.Zip(events, (account, sequenced) => EventFrame.Encode(new AccountEvent(account, AccountStatus.Active), sequenced.Seq, Now)),
            events.Select(sequenced => sequenced.Frame.ToArray()));
    }

    [Fact]
    public async Task Publishes_what_it_keeps()
    {
        await AppendAsync(Alice, Bob);
        await AppendAsync(Alice);

        var (kept, published) = (await ReadAsync(0), Database.Published.Events);
        Assert.Equal(kept.Select(sequenced => (sequenced.Seq, Convert.ToHexString(sequenced.Frame.Span))),
            published.Select(sequenced => (sequenced.Seq, Convert.ToHexString(sequenced.Frame.Span))));
    }

    [Fact]
    public async Task Reads_between_two_numbers_up_to_a_limit()
    {
        await AppendAsync(Alice, Alice, Alice, Alice);
        var seqs = (await ReadAsync(0)).Select(sequenced => sequenced.Seq).ToArray();

        Assert.Equal(seqs[1..3], (await ReadAsync(seqs[0], seqs[2])).Select(sequenced => sequenced.Seq));
        Assert.Equal(seqs[1..2], (await ReadAsync(seqs[0], limit: 1)).Select(sequenced => sequenced.Seq));
        Assert.Empty(await ReadAsync(seqs[3]));
    }

    [Fact]
    public async Task Numbers_go_on_rising_when_the_clock_goes_back()
    {
        await AppendAsync(Alice);
        Database.Time.Advance(TimeSpan.FromDays(-1));

        await AppendAsync(Alice);
        await AppendAsync(Alice);

        var seqs = (await ReadAsync(0)).Select(sequenced => sequenced.Seq).ToList();
        Assert.Equal([seqs[0], seqs[0] + 1, seqs[0] + 2], seqs);
    }

    [Fact]
    public async Task Past_events_have_the_numbers_of_their_time_in_their_order_and_are_told_to_nobody()
    {
        var (hourAgo, high) = (Now.AddHours(-1), (Now.AddDays(1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var first = (hourAgo - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        PastEvent At(long seq, DateTimeOffset moment) => new(seq, moment, new AccountEvent(Alice, AccountStatus.Active));

        await SaveAsync<IEventLog>(events => events.AppendPast([At(7, hourAgo), At(8, hourAgo), At(9, hourAgo.AddSeconds(-1)), At(high, Now)]));
        await AppendAsync(Bob);

        Assert.Equal([first, first + 1, first + 2, high, high + 1], (await ReadAsync(0)).Select(sequenced => sequenced.Seq));
        Assert.Equal(high + 1, Assert.Single(Database.Published.Events).Seq);
    }

    [Fact]
    public async Task Trimming_keeps_the_newest_of_what_it_trims()
    {
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await AppendAsync(Alice);
            Database.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var seqs = (await ReadAsync(0)).Select(sequenced => sequenced.Seq).ToArray();

        Assert.Equal(0, await TrimAsync(seqs[0]));
        Assert.Equal(1, await TrimAsync(seqs[2])); // the second, which is below too, tells later cursors that there was something
        Assert.Equal(seqs[1..], (await ReadAsync(0)).Select(sequenced => sequenced.Seq));
        Assert.Equal(2, await TrimAsync(long.MaxValue));
        Assert.Equal(seqs[3..], (await ReadAsync(0)).Select(sequenced => sequenced.Seq));
        Assert.Equal(seqs[3], await LastAsync());
    }

    [Fact]
    public async Task Appends_nothing_without_the_unit_of_work()
    {
        await AbandonAsync<IEventLog>(events => events.Append(new AccountEvent(Alice, AccountStatus.Active)));

        Assert.Equal(0, await LastAsync());
        Assert.Empty(Database.Published.Events);
    }

    private Task AppendAsync(params Did[] accounts) => SaveAsync<IEventLog>(events =>
        Array.ForEach(accounts, account => events.Append(new AccountEvent(account, AccountStatus.Active))));

    private Task<IReadOnlyList<SequencedEvent>> ReadAsync(long after, long upTo = long.MaxValue, int limit = 10) =>
        AskAsync<IEventLog, IReadOnlyList<SequencedEvent>>(events => events.ReadAsync(after, upTo, limit, CancellationToken.None));

    private Task<long> LastAsync() => AskAsync<IEventLog, long>(events => events.FindLastSeqAsync(CancellationToken.None));

    private Task<int> TrimAsync(long before) => AskAsync<IEventLog, int>(events => events.TrimAsync(before, CancellationToken.None));
}
