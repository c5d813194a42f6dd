using System.Buffers;
using System.Globalization;
using Pds.Application.Ports;

namespace Pds.Api.Xrpc;

/// <summary>Passes on what another service answers: these headers and no others, and the body as it comes, in memory of one buffer.</summary>
internal static class UpstreamWriter
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>For how many milliseconds at least something of the caller's had not been seen by the service.</summary>
    private const string LagHeader = "Atproto-Upstream-Lag";

    private static readonly string[] Passed =
        ["Content-Encoding", "Content-Language", UpstreamAnswer.RepoRev, "atproto-content-labelers", "Retry-After"];

    /// <summary>An answer that comes in the encoding that the caller asked the service for.</summary>
    public static Task WriteAsItIsAsync(HttpContext http, UpstreamAnswer answer)
    {
        AnswerCompression.Leave(http);
        return WriteAsync(http, answer, answer.Header("Content-Type"));
    }

    /// <summary>An answer that comes in an encoding that this server understands: a plain one is compressed as this server's own are.</summary>
    public static Task WriteAsync(HttpContext http, UpstreamAnswer answer) =>
        WriteAsync(http, answer, answer.Header("Content-Type") is XrpcAnswer.PlainJson or null ? XrpcAnswer.Json : answer.Header("Content-Type"));

    private static async Task WriteAsync(HttpContext http, UpstreamAnswer answer, string? contentType)
    {
        await using (answer)
        {
            WriteHead(http, answer);
            if (contentType is not null && IsFit(contentType)) http.Response.ContentType = contentType;
            if (!HttpMethods.IsHead(http.Request.Method)) await CopyAsync(answer.Body, http);
        }
    }

    private static void WriteHead(HttpContext http, UpstreamAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.Headers.Vary = response.Headers.Vary.Count == 0 ? "Accept-Encoding" : $"{response.Headers.Vary}, Accept-Encoding";
        foreach (var name in Passed)
            if (answer.Header(name) is { } value && IsFit(value)) response.Headers[name] = value;

        if (answer.Lag is { } lag) response.Headers[LagHeader] = ((long)lag.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        if (HasLength(answer.Status) && long.TryParse(answer.Header("Content-Length"), out var length) && length >= 0) response.ContentLength = length;
    }

    private static async Task CopyAsync(Stream body, HttpContext http)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, count), http.RequestAborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool HasLength(int status) => status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    /// <summary>Whether it can be sent: strangers put anything there.</summary>
    private static bool IsFit(string value) => value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
}
