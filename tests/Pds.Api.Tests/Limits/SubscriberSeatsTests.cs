using System.Net;
using System.Net.WebSockets;
using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

public sealed class SubscriberSeatsTests(SubscriberSeatsTests.FewSeats pds) : IClassFixture<SubscriberSeatsTests.FewSeats>
{
    private const string Path = "/xrpc/com.atproto.sync.subscribeRepos";

    [Fact]
    public async Task An_address_has_its_share_and_all_have_what_there_is()
    {
        using var one = await OpenAsync("192.0.2.1");
        using var two = await OpenAsync("192.0.2.1");

        var third = await TryAsync("192.0.2.1");
        Assert.Equal(("RateLimitExceeded", "60"), (third.Refused(429, "RateLimitExceeded").Error, third.Headers["Retry-After"]));

        using var others = await OpenAsync("192.0.2.2");
        using var last = await OpenAsync("192.0.2.3");
        Assert.Equal("60", (await TryAsync("192.0.2.4")).Refused(503, "NotEnoughResources").Headers["Retry-After"]);

        one.Abort();
        await Eventually.IsTrueAsync(() => TryAsync("192.0.2.1").GetAwaiter().GetResult().Status == HttpStatusCode.SwitchingProtocols);
    }

    [Fact]
    public async Task A_subscriber_that_says_too_much_is_let_go()
    {
        using var socket = await OpenAsync("192.0.2.9");
        for (var i = 0; i < 100; i++) await socket.SendAsync("a word"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.Equal(WebSocketState.Open, socket.State);

        await socket.SendAsync(new byte[8 * 1024], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        var answer = await socket.ReceiveAsync(new byte[1024].AsMemory(), CancellationToken.None);

        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.MessageTooBig), (answer.MessageType, socket.CloseStatus));
    }

    private async Task<ClientWebSocket> OpenAsync(string address)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Forwarded-For", address);
        await socket.ConnectAsync(new Uri($"{pds.Url.Replace("http", "ws", StringComparison.Ordinal)}{Path}"), CancellationToken.None);
        return socket;
    }

    /// <summary>The handshake alone, for the answer to it.</summary>
    private async Task<TestKit.XrpcAnswer> TryAsync(string address)
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);
        await connection.SendAsync(
            $"GET {Path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
        return await connection.ReadAnswerAsync();
    }

    public sealed class FewSeats : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Connections:MaxSubscribers"] = "4",
            ["Pds:Connections:MaxSubscribersPerAddress"] = "2",
        };
    }
}
