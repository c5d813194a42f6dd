using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Hosts of clients' documents that hold on to whoever asks them: each costs some seconds at the most, and no memory.</summary>
public sealed class HostileHostTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    private const int MiB = 1024 * 1024;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15); // five, on a machine that is busy

    [Fact]
    public async Task None_costs_more_than_some_seconds()
    {
        await using var silent = new HostileHost((_, ct) => Task.Delay(Timeout.Infinite, ct), speaksTls: false);
        await using var slowTls = new HostileHost((stream, ct) => TrickleAsync(stream, "\u0016\u0003\u0003\u0001\u0000", ct), speaksTls: false);
        await using var noTls = new HostileHost((stream, ct) => SayAsync(stream, "HTTP/1.1 200 OK\r\n\r\n{}", ct), speaksTls: false);
        await using var slowHeaders = new HostileHost((stream, ct) => TrickleAsync(stream, "HTTP/1.1 200 OK\r\nx: ", ct));
        await using var endlessHeaders = new HostileHost((stream, ct) => FloodAsync(stream, "HTTP/1.1 200 OK\r\n", "x-header: of many\r\n", ct));
        await using var slowBody = new HostileHost((stream, ct) => TrickleAsync(stream, Head("content-length: 60000"), ct));
        await using var stopsShort = new HostileHost((stream, ct) => SayAsync(stream, Head("content-length: 60000") + "{", ct));
        await using var tellsLess = new HostileHost((stream, ct) => SayAsync(stream, Head("content-length: 5") + new JsonObject { ["client_id"] = "https://app.example.com/client.json" }, ct));
        await using var twoLengths = new HostileHost((stream, ct) => SayAsync(stream, Head("content-length: 2\r\ncontent-length: 3") + "{}}", ct));
        await using var badChunks = new HostileHost((stream, ct) => SayAsync(stream, Head("transfer-encoding: chunked") + "ffffffffffffffff\r\n{}", ct));
        await using var noHttp = new HostileHost((stream, ct) => SayAsync(stream, "220 mail.example.com ESMTP\r\n", ct));
        await using var large = new HostileHost((stream, ct) => FloodAsync(stream, Head($"content-length: {10 * MiB}"), new string(' ', 1024), ct));
        await using var packed = new HostileHost((stream, ct) => SayAsync(stream, Head("content-encoding: gzip\r\ncontent-length: 2") + "{}", ct));
        HostileHost[] hosts = [silent, slowTls, noTls, slowHeaders, endlessHeaders, slowBody, stopsShort, tellsLess, twoLengths, badChunks, noHttp, large, packed];
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(hosts.Select(host => ClientOf(host).ParAsync()));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        Assert.All(answers, answer => answer.RefusedByOAuth(400, "invalid_client_metadata"));
        Assert.All(answers, answer => Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal)); // nor anything else of where it looked
    }

    [Fact]
    public async Task Of_a_document_that_is_far_too_large_no_more_is_read_than_there_may_be()
    {
        var sent = 0L;
        await using var host = new HostileHost(async (stream, ct) =>
        {
            var spaces = new byte[64 * 1024];
            Array.Fill(spaces, (byte)' ');
            await SayAsync(stream, Head($"content-length: {100 * MiB}"), ct);
            for (; sent < 100 * MiB; sent += spaces.Length) await stream.WriteAsync(spaces, ct);
        });

        (await ClientOf(host).ParAsync()).RefusedByOAuth(400, "invalid_client_metadata");

        Assert.InRange(sent, 0, 20 * MiB); // what the system's buffers for a connection hold, which may be much, and not a hundred
    }

    [Fact]
    public async Task Others_are_served_meanwhile()
    {
        await using var silent = new HostileHost((_, ct) => Task.Delay(Timeout.Infinite, ct), speaksTls: false);
        var waiting = Enumerable.Range(0, 12).Select(i => ClientOf(silent, $"?{i}").ParAsync()).ToList();

        var answer = await pds.NewClient().ParAsync();

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.DoesNotContain(waiting, one => one.IsCompleted);
        Assert.All(await Task.WhenAll(waiting), one => one.RefusedByOAuth(400, "invalid_client_metadata"));
    }

    private OAuthClient ClientOf(HostileHost host, string query = "") => new(pds.Url, host.ClientId + query) { Clock = pds.Time.GetUtcNow, Nonce = pds.Nonce };

    private static string Head(string header) => $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{header}\r\n\r\n";

    private static async Task SayAsync(Stream stream, string text, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), ct);
        await stream.FlushAsync(ct);
    }

    /// <summary>Goes on for ever, a byte at a time.</summary>
    private static async Task TrickleAsync(Stream stream, string beginning, CancellationToken ct)
    {
        await SayAsync(stream, beginning, ct);
        while (true)
        {
            await Task.Delay(200, ct);
            await SayAsync(stream, " ", ct);
        }
    }

    /// <summary>Goes on for ever, as fast as it can.</summary>
    private static async Task FloodAsync(Stream stream, string beginning, string rest, CancellationToken ct)
    {
        await SayAsync(stream, beginning, ct);
        while (true) await SayAsync(stream, rest, ct);
    }
}
