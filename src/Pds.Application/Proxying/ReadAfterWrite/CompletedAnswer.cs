using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Application.Ports;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Writes what has been made of an answer, with what the service's own headers said of it.</summary>
internal static class CompletedAnswer
{
    private static readonly string[] Kept = [UpstreamAnswer.RepoRev, "atproto-content-labelers", "content-language"];
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 };

    /// <param name="json">What is answered.</param>
    /// <param name="lag">How old the oldest unseen write is.</param>
    /// <param name="headers">The service's; none where it had no answer.</param>
    public static UpstreamAnswer Of(JsonObject json, TimeSpan lag, IReadOnlyDictionary<string, string>? headers = null)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, WriterOptions)) json.WriteTo(writer);

        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["content-type"] = "application/json" };
        foreach (var name in Kept)
            if (headers?.GetValueOrDefault(name) is { } value) kept[name] = value;
        return new UpstreamAnswer(200, kept, new MemoryStream(body.WrittenMemory.ToArray())) { Lag = lag };
    }
}
