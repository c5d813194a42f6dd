using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>What ends a subscription, and what it finds when it comes back.</summary>
public sealed class FirehoseEndsTests
{
    [Fact]
    public async Task A_server_that_stops_says_goodbye_at_once()
    {
        var pds = new PdsFixture();
        await pds.InitializeAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var watch = Stopwatch.StartNew();

        await pds.DisposeAsync();

        await firehose.ToEndAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, firehose.CloseStatus);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_cursor_from_before_a_restart_is_good_and_numbers_go_on_above_it()
    {
        var pds = new PdsFixture();
        await pds.InitializeAsync();
        var alice = await pds.SignUpAsync();
        long before;
        await using (var firehose = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0")) before = (await firehose.NextAsync(4, alice.Did.Value))[3].Seq;

        await pds.RestartAsync();

        await using (var firehose = await FirehoseReader.OpenAsync(pds.Url, $"?cursor={before}"))
        {
            var bob = await pds.SignUpAsync("bob");
            var after = await firehose.NextAsync();
            Assert.Equal(bob.Did.Value, after.Did);
            Assert.True(after.Seq > before);
        }

        await pds.DisposeAsync();
    }

    [Fact]
    public async Task Numbers_go_up_even_if_the_clock_goes_back()
    {
        var pds = new TimedPdsFixture();
        await pds.InitializeAsync();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0");
        var alice = await pds.SignUpAsync();
        var before = (await firehose.NextAsync(4, alice.Did.Value))[3];
        var (_, rev) = await alice.GetLatestCommitAsync();

        pds.Time.Advance(TimeSpan.FromMinutes(-30));
        (await alice.CreateRecordAsync(Records.Post())).Ok();

        var after = await firehose.NextAsync();
        Assert.Equal(before.Seq + 1, after.Seq);
        Assert.True((await alice.GetLatestCommitAsync()).Rev > rev);
        await pds.DisposeAsync();
    }

    [Fact]
    public async Task A_cursor_before_the_window_is_told_so_and_goes_on_from_what_is_in_it()
    {
        var pds = new TimedPdsFixture();
        await pds.InitializeAsync();
        var alice = await pds.SignUpAsync();
        long old;
        await using (var firehose = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0")) old = (await firehose.NextAsync()).Seq;
        pds.Time.Advance(TimeSpan.FromHours(25));
        var bob = await pds.SignUpAsync("bob");

        await using (var firehose = await FirehoseReader.OpenAsync(pds.Url, $"?cursor={old}"))
        {
            var info = await firehose.NextAsync();
            Assert.Equal((1, "#info", "OutdatedCursor"), (info.Op, info.Type, info.Body.Text("name")));
            Assert.Equal("Requested cursor exceeded limit. Possibly missing events", info.Body.Text("message"));
            Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did);
        }

        await pds.DisposeAsync();
    }

    [Fact]
    public async Task One_that_does_not_read_is_let_go_and_nobody_waits_for_it()
    {
        var pds = new SmallBufferPds();
        await pds.InitializeAsync();
        var alice = await pds.SignUpAsync();
        var mayRead = new TaskCompletionSource();
        await using var slow = await FirehoseReader.OpenSlowAsync(pds.Url, mayRead.Task);
        await using var quick = await FirehoseReader.OpenAsync(pds.Url, "?cursor=0");

        const int Commits = 40;
        for (var i = 0; i < Commits; i++) (await alice.CreateRecordAsync(new { number = i, text = new string('x', 400_000) }, "com.example.large")).Ok();

        var all = await quick.NextAsync(4 + Commits, alice.Did.Value); // the slow one does not hold it up
        mayRead.SetResult();
        var seen = await slow.ToEndAsync();
        Assert.Equal((-1, "ConsumerTooSlow"), (seen[^1].Op, seen[^1].Body.Text("error")));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, slow.CloseStatus);
        Assert.InRange(seen.Count, SmallBufferPds.Buffer + 1, Commits);
        Assert.Equal(all.Skip(4).Take(seen.Count - 1).Select(frame => frame.Seq), seen.SkipLast(1).Select(frame => frame.Seq));
        await pds.DisposeAsync();
    }

    /// <summary>A server whose clock a test moves.</summary>
    private sealed class TimedPdsFixture : PdsFixture
    {
        public FakeTime Time { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
    }

    private sealed class SmallBufferPds : PdsFixture
    {
        public const int Buffer = 5;

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Sync:MaxSubscriptionBuffer"] = $"{Buffer}" };
    }
}
