using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Plc;

namespace Pds.Api.DevPlc;

/// <summary>The forms in which a PLC directory answers. Any page may read them.</summary>
internal sealed class PlcResult(int status, string contentType, ReadOnlyMemory<byte> body) : IResult
{
    private const string JsonType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PlcResult Json(LexObject value) => new(StatusCodes.Status200OK, JsonType, Encode(value));

    public static PlcResult Json(IEnumerable<LexObject> values) => new(StatusCodes.Status200OK, JsonType, Encode(new LexArray([.. values])));

    public static PlcResult Document(PlcData data) =>
        new(StatusCodes.Status200OK, "application/did+ld+json; charset=utf-8", data.ToDocument().Json);

    /// <summary>One value a line; no newline after the last.</summary>
    public static PlcResult Lines(IEnumerable<LexObject> values)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var value in values)
        {
            if (lines.WrittenCount > 0) lines.Write("\n"u8);
            lines.Write(Encode(value).Span);
        }

        return new PlcResult(StatusCodes.Status200OK, "application/jsonlines", lines.WrittenMemory);
    }

    public static PlcResult Refusal(int status, string message) =>
        new(status, JsonType, Encode(new LexObject(new Dictionary<string, LexValue> { ["message"] = new LexString(message) })));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.AccessControlAllowOrigin = "*";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private static ReadOnlyMemory<byte> Encode(LexValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain)) DagJson.Write(json, value);
        return buffer.WrittenMemory;
    }
}
