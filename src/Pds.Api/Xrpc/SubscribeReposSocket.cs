using System.Net.WebSockets;
using MediatR;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.Sync;
using Pds.Domain.Sync;

namespace Pds.Api.Xrpc;

/// <summary>One firehose subscriber: frames out until it leaves, falls behind, or the server stops. What it sends is not listened to.</summary>
internal sealed class SubscribeReposSocket(IMediator mediator, SubscriberSeats seats, IHostApplicationLifetime lifetime)
{
    private static readonly XrpcParams<SubscribeRepos> Parameters = new("com.atproto.sync.subscribeRepos");
    /// <summary>Of what a subscriber sends, in bytes: nothing is asked of it, so anything longer is not meant for this.</summary>
    private const int LongestMessage = 4 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private bool _saysTooMuch;

    /// <summary>Why it ends before its frames do.</summary>
    private WebSocketCloseStatus Reason =>
        lifetime.ApplicationStopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable
        : _saysTooMuch ? WebSocketCloseStatus.MessageTooBig
        : WebSocketCloseStatus.NormalClosure;

    public static Task RunAsync(HttpContext http) =>
        ActivatorUtilities.CreateInstance<SubscribeReposSocket>(http.RequestServices).ServeAsync(http);

    private async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest) throw XrpcException.UpgradeRequired();
        using var seat = seats.Take(ClientAddress.Of(http));

        var frames = await SubscribeAsync(http.Request.Query, http.RequestAborted); // before the handshake is answered: from then on nothing is missed
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var listening = ListenAsync(socket, gone);
        try
        {
            await foreach (var frame in frames.WithCancellation(gone.Token)) await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, gone.Token);
            await CloseAsync(socket, WebSocketCloseStatus.PolicyViolation); // the frames end only with an error frame
        }
        catch (OperationCanceledException)
        {
            await CloseAsync(socket, Reason);
        }
        catch (WebSocketException)
        {
            // The subscriber went away in the middle of a frame: nothing to tell it.
        }

        await gone.CancelAsync();
        await HearGoodbyeAsync(socket, listening);
    }

    /// <summary>The frames of the subscription; a parameter that is wrong is an error frame, as clients expect it.</summary>
    private async Task<IAsyncEnumerable<ReadOnlyMemory<byte>>> SubscribeAsync(IQueryCollection query, CancellationToken ct)
    {
        try
        {
            return (await mediator.Send(Parameters.Bind(query), ct)).Frames;
        }
        catch (XrpcException refusal)
        {
            ReadOnlyMemory<byte>[] only = [EventFrame.Encode(new ErrorFrame(refusal.Name, refusal.Message))];
            return only.ToAsyncEnumerable();
        }
    }

    /// <summary>Reads, so that pings are answered and a close is noticed.</summary>
    private async Task ListenAsync(WebSocket socket, CancellationTokenSource gone)
    {
        var (ignored, length) = (new byte[1024], 0);
        try
        {
            while (socket.State == WebSocketState.Open && !gone.IsCancellationRequested)
            {
                var received = await socket.ReceiveAsync(ignored.AsMemory(), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                length = received.EndOfMessage ? 0 : length + received.Count;
                _saysTooMuch = length > LongestMessage;
                if (_saysTooMuch) break;
            }
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException)
        {
            // Gone without a goodbye, or hung up on.
        }

        await gone.CancelAsync();
    }

    /// <summary>Waits for the subscriber's own close, but not for long: one that does not answer must not hold up a shutdown.</summary>
    private static async Task HearGoodbyeAsync(WebSocket socket, Task listening)
    {
        try
        {
            await listening.WaitAsync(CloseTimeout);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await listening;
        }
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        using var patience = new CancellationTokenSource(CloseTimeout);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, null, patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            socket.Abort();
        }
    }
}
