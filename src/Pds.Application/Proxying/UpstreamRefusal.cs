using System.Text.Json;
using Pds.Application.Errors;
using Pds.Application.Ports;

namespace Pds.Application.Proxying;

/// <summary>What another service refuses is refused here by the same status, name and message. Its own faults are not ours: its 500 is a 502.</summary>
internal static class UpstreamRefusal
{
    /// <summary>The longest error that is read, in bytes, before and after decompression. Of a longer one only the status is passed on.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>The answer, if it is none of a refusal.</summary>
    public static async Task<UpstreamAnswer> EnsureNoneAsync(UpstreamAnswer answer, CancellationToken ct)
    {
        if (answer.Status < 400) return answer;
        await using (answer)
        {
            var (error, message) = await ReadAsync(answer, ct);
            throw XrpcException.Upstream(answer.Status == 500 ? 502 : answer.Status, error, message, answer.Header("retry-after"), answer.Header(UpstreamAnswer.RepoRev));
        }
    }

    /// <summary>Its name and message; null for what is not there. That it cannot be read makes it no less of a refusal.</summary>
    private static async Task<(string? Error, string? Message)> ReadAsync(UpstreamAnswer answer, CancellationToken ct)
    {
        if (answer.Header("content-type") is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase)) return (null, null);
        try
        {
            using var json = JsonDocument.Parse(await BoundedBody.ReadAsync(ContentEncodings.Decode(answer.Body, answer.Header("content-encoding")), MaxBytes, ct), new JsonDocumentOptions { MaxDepth = 16 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? (Text(json.RootElement, "error"), Text(json.RootElement, "message")) : (null, null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException or InvalidOperationException or XrpcException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement refusal, string name) =>
        refusal.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
