using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Sequencing;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class SubscribeReposTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.sync.subscribeRepos";

    [Fact]
    public async Task A_new_account_is_told_of_in_four_events()
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var alice = await pds.SignUpAsync();

        var frames = await firehose.NextAsync(4, alice.Did.Value);
        Assert.Equal(["#identity", "#account", "#commit", "#sync"], frames.Select(frame => frame.Type));
        Assert.Equal(["did", "seq", "time", "handle"], Keys(frames[0]));
        Assert.Equal(alice.Handle, frames[0].Body.Text("handle"));
        Assert.Equal(["did", "seq", "time", "active"], Keys(frames[1]));
        Assert.Equal(new LexBoolean(true), frames[1].Body["active"]);
        Assert.Equal(["ops", "rev", "seq", "repo", "time", "blobs", "since", "blocks", "commit", "rebase", "tooBig"], Keys(frames[2]));
        Assert.Equal(["did", "rev", "seq", "time", "blocks"], Keys(frames[3]));
        Assert.All(frames, frame => Assert.True(AtDatetime.TryParse(frame.Body.Text("time"), out _)));
    }

    [Fact]
    public async Task Sync_carries_the_commit_block_alone()
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var alice = await pds.SignUpAsync();

        var sync = (await firehose.NextAsync(4, alice.Did.Value))[3];

        var (commit, rev) = await alice.GetLatestCommitAsync();
        Assert.Equal([commit], CommitVerifier.BlocksOf(sync).Select(block => block.Cid));
        Assert.Equal(rev.ToString(), sync.Body.Text("rev"));
    }

    [Fact]
    public async Task A_commit_after_the_first_has_prevData_too()
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();

        var commit = (await firehose.NextAsync(5, alice.Did.Value))[4];

        Assert.Equal(["ops", "rev", "seq", "repo", "time", "blobs", "since", "blocks", "commit", "rebase", "tooBig", "prevData"], Keys(commit));
    }

    [Theory]
    [InlineData(0, "A261746923" + "6964656E74697479" + "626F7001")] // {t: "#identity", op: 1}
    [InlineData(1, "A261746823" + "6163636F756E74" + "626F7001")] // {t: "#account", op: 1}
    [InlineData(2, "A261746723" + "636F6D6D6974" + "626F7001")] // {t: "#commit", op: 1}
    [InlineData(3, "A261746523" + "73796E63" + "626F7001")] // {t: "#sync", op: 1}
    public async Task A_frame_begins_with_these_bytes(int index, string header)
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var alice = await pds.SignUpAsync();

        var frame = (await firehose.NextAsync(4, alice.Did.Value))[index];

        Assert.StartsWith(header, Convert.ToHexString(frame.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_cursor_nothing_of_the_past_is_sent()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var created = (await alice.CreateRecordAsync(Records.Post())).Ok();

        Assert.Equal(created.GetProperty("commit").GetProperty("rev").GetString(), (await firehose.NextAsync()).Body.Text("rev"));
    }

    [Fact]
    public async Task A_cursor_is_the_last_number_seen()
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 3; i++) (await alice.CreateRecordAsync(Records.Post($"{i}"))).Ok();
        var all = await ReplayAsync("?cursor=0", 7, alice);

        var rest = await ReplayAsync($"?cursor={all[4].Seq}", 2, alice);

        Assert.Equal(all[5..].Select(frame => Convert.ToHexString(frame.Bytes)), rest.Select(frame => Convert.ToHexString(frame.Bytes)));
    }

    [Fact]
    public async Task A_negative_cursor_replays_everything()
    {
        var alice = await pds.SignUpAsync();

        var fromZero = await ReplayAsync("?cursor=0", 4, alice);
        var fromBefore = await ReplayAsync("?cursor=-7", 4, alice);

        Assert.Equal(fromZero.Select(frame => frame.Seq), fromBefore.Select(frame => frame.Seq));
    }

    [Fact]
    public async Task A_cursor_from_the_future_is_an_error_and_the_end()
    {
        var alice = await pds.SignUpAsync();
        var newest = (await ReplayAsync("?cursor=0", 4, alice))[3].Seq;

        await using var firehose = await FirehoseReader.OpenAsync(pds.Url, $"?cursor={newest + 1}");

        var frame = Assert.Single(await firehose.ToEndAsync());
        Assert.Equal("A1626F7020" + "A2" + "656572726F72" + "6C467574757265437572736F72", Convert.ToHexString(frame.Bytes)[..50]); // {op: -1}{error: "FutureCursor"
        Assert.Equal("Cursor in the future.", frame.Body.Text("message"));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, firehose.CloseStatus);
    }

    [Theory]
    [InlineData("?cursor=soon")]
    [InlineData("?cursor=1.5")]
    [InlineData("?cursor=1&cursor=2")]
    [InlineData("?cursor=99999999999999999999")]
    public async Task A_cursor_that_is_no_number_is_an_error_and_the_end(string query)
    {
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url, query);

        var frame = Assert.Single(await firehose.ToEndAsync());
        Assert.Equal((-1, null, "InvalidRequest"), (frame.Op, frame.Type, frame.Body.Text("error")));
        Assert.StartsWith($"Invalid {Method} params", frame.Body.Text("message"), StringComparison.Ordinal);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, firehose.CloseStatus);
    }

    [Fact]
    public async Task Plain_http_is_asked_to_upgrade()
    {
        var refusal = await pds.Anyone.GetAsync(Method);

        refusal.Refused(426, "UpgradeRequired");
    }

    [Fact]
    public async Task Answers_pings()
    {
        await using var socket = await RawSocket.OpenAsync(pds.Url, $"/xrpc/{Method}");

        await socket.SendPingAsync("are you there?"u8.ToArray());

        var (opcode, payload) = await socket.ReadFrameAsync();
        Assert.Equal((RawSocket.Pong, "are you there?"), (opcode, Encoding.UTF8.GetString(payload)));
    }

    [Fact]
    public async Task What_a_subscriber_sends_is_not_listened_to()
    {
        var alice = await pds.SignUpAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{pds.Url.Replace("http", "ws", StringComparison.Ordinal)}/xrpc/{Method}"), CancellationToken.None);
        for (var i = 0; i < 10; i++) await socket.SendAsync(new byte[5000], WebSocketMessageType.Binary, true, CancellationToken.None);

        (await alice.CreateRecordAsync(Records.Post())).Ok();

        var received = await socket.ReceiveAsync(new byte[64 * 1024], CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
    }

    [Fact]
    public async Task One_that_says_goodbye_is_answered_and_let_go()
    {
        var sequencer = pds.Services.GetRequiredService<Sequencer>();
        await Eventually.IsTrueAsync(() => sequencer.Count == 0); // those of other tests
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{pds.Url.Replace("http", "ws", StringComparison.Ordinal)}/xrpc/{Method}"), CancellationToken.None);
        await Eventually.IsTrueAsync(() => sequencer.Count == 1);

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await Eventually.IsTrueAsync(() => sequencer.Count == 0);
    }

    [Fact]
    public async Task One_that_vanishes_is_let_go()
    {
        var sequencer = pds.Services.GetRequiredService<Sequencer>();
        var firehose = await FirehoseReader.ListenAsync(pds);

        await firehose.DisposeAsync();

        await Eventually.IsTrueAsync(() => sequencer.Count == 0);
    }

    [Fact]
    public async Task One_that_does_not_answer_the_servers_goodbye_is_hung_up_on()
    {
        await using var socket = await RawSocket.OpenAsync(pds.Url, $"/xrpc/{Method}?cursor=soon");

        Assert.Equal(RawSocket.Binary, (await socket.ReadFrameAsync()).Opcode);
        Assert.Equal(RawSocket.Close, (await socket.ReadFrameAsync()).Opcode);

        await Assert.ThrowsAnyAsync<IOException>(socket.ReadFrameAsync); // within its patience
    }

    private async Task<List<FirehoseReader.Frame>> ReplayAsync(string query, int count, Actor actor)
    {
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url, query);
        return [.. await firehose.NextAsync(count, actor.Did.Value)];
    }

    /// <summary>The body's keys as they are written.</summary>
    private static List<string> Keys(FirehoseReader.Frame frame) => [.. frame.Body.Fields.Select(field => field.Key)];
}
