using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Pds.Api.Xrpc;
using Pds.Application.Options;

namespace Pds.Api.Limits;

/// <summary>How long a request's body may be, and what becomes of one that is refused: the rest is read and thrown away, within bounds. Most clients send all before they listen, and would
/// hear of a broken connection instead of the refusal (RFC 9112 §9.6).</summary>
internal sealed class RequestBodies(RequestDelegate next, StorageOptions storage)
{
    /// <summary>What is thrown away of one body, in bytes.</summary>
    private const long MostThrownAway = 512 * 1024 * 1024;

    private const int Piece = 64 * 1024;

    /// <summary>For so long a body is thrown away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What no route's body may be longer than, where the route does not say otherwise.</summary>
    private readonly long _most = Math.Max(storage.BlobUploadLimit, XrpcRoutes.RecordBodyLimit) + XrpcRoutes.BodyLimit;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            await next(http);
            return;
        }

        var arriving = http.Request.Body;
        var body = new BoundedBody(arriving, http.Request.ContentLength, _most);
        http.Request.Body = body;
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(body);
        if (IsHeldBack(http.Request)) http.Response.OnStarting(Close, (http.Response, body));

        await next(http);

        if (!body.IsAtEnd && HttpProtocol.IsHttp11(http.Request.Protocol)) await ThrowAwayAsync(http, body, arriving);
    }

    /// <summary>Whether the client waits for a word before it sends the body: after a refusal it need not send it.</summary>
    private static bool IsHeldBack(HttpRequest request) => request.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>Nobody knows whether what comes next on the connection is the body after all.</summary>
    private static Task Close(object answer)
    {
        var (response, body) = ((HttpResponse, BoundedBody))answer;
        if (!body.IsReadOnly) response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    private static async Task ThrowAwayAsync(HttpContext http, BoundedBody body, Stream arriving)
    {
        if (!body.IsReadOnly && IsHeldBack(http.Request)) return;

        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await http.Response.CompleteAsync(); // heard before the rest is sent, by those who listen
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            patience.CancelAfter(Patience);
            for (var (thrown, read) = (0L, 1); read > 0 && thrown < MostThrownAway; thrown += read) read = await arriving.ReadAsync(piece, patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The answer was given; the connection ends.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
