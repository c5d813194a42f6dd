using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

/// <summary>Bodies that nobody wants, sent to their ends over one connection, as most clients do.</summary>
public sealed class RequestBodiesTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    /// <summary>More than fits between a client and a server that has stopped to read.</summary>
    private const int Length = 30_000_000;

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "com.atproto.server.createSession", "application/json", 413, "PayloadTooLargeError" },
        { "com.atproto.repo.uploadBlob", "image/png", 413, "PayloadTooLarge" },
        { "com.atproto.repo.importRepo", "application/json", 400, "InvalidRequest" },
        { "com.atproto.server.refreshSession", "application/json", 400, "InvalidToken" },
        { "com.atproto.sync.getRepo", "application/json", 400, "InvalidRequest" },
        { "com.example.unknown", "application/json", 400, "InvalidRequest" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Whoever_sends_before_listening_hears_the_refusal_and_goes_on(string method, string type, int status, string error)
    {
        var alice = await pds.SignUpAsync();
        foreach (var chunked in new[] { false, true })
        {
            using var connection = await RawConnection.OpenAsync(pds.Url);

            await connection.SendAsync($"{Head(alice, method, type)}{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Length}")}\r\n\r\n");
            if (chunked) await connection.SendAsync($"{Length:x}\r\n");
            await connection.SendAsync(new byte[Length]);
            if (chunked) await connection.SendAsync("\r\n0\r\n\r\n");
            var answer = await connection.ReadAnswerAsync();

            answer.Refused(status, error);
            Assert.DoesNotContain("Connection", answer.Headers.Keys);
            await connection.SendAsync("GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            (await connection.ReadAnswerAsync()).Ok();
        }
    }

    [Fact]
    public async Task Who_asks_before_sending_is_told_not_to()
    {
        var alice = await pds.SignUpAsync();
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"{Head(alice, "com.atproto.repo.uploadBlob", "image/png")}Expect: 100-continue\r\nContent-Length: {Length}\r\n\r\n");

        var answer = await connection.ReadAnswerAsync();
        Assert.Equal("close", answer.Refused(413, "PayloadTooLarge").Headers["Connection"]);
    }

    private static string Head(Actor caller, string method, string type) =>
        $"POST /xrpc/{method} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {caller.Authorization}\r\nContent-Type: {type}\r\n";
}
