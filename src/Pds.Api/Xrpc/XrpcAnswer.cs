using System.Buffers;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.ObjectPool;

namespace Pds.Api.Xrpc;

/// <summary>Writes answers. JSON is built whole before the first byte goes out, so a fault on the way is still a clean error, and its length is known.</summary>
internal static class XrpcAnswer
{
    /// <summary>The type of every JSON answer of this server's own methods.</summary>
    public const string Json = $"{PlainJson}; charset=utf-8";

    /// <summary>The same, as others write it.</summary>
    public const string PlainJson = "application/json";

    private const int LargestKept = 256 * 1024;

    private static readonly ObjectPool<ArrayBufferWriter<byte>> Buffers = new DefaultObjectPool<ArrayBufferWriter<byte>>(new BufferPolicy());
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = XrpcJson.Options.Encoder, SkipValidation = true, MaxDepth = 1024 };

    public static async Task WriteJsonAsync<T>(HttpContext http, T answer)
    {
        if (answer is Unit) return; // a method without an output: 200 and nothing else

        var buffer = Buffers.Get();
        try
        {
            Serialize(buffer, answer);
            http.Response.ContentType = Json;
            http.Response.ContentLength = buffer.WrittenCount;
            if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
        }
        finally
        {
            Buffers.Return(buffer);
        }
    }

    private static void Serialize<T>(ArrayBufferWriter<byte> buffer, T answer)
    {
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        JsonSerializer.Serialize(writer, answer, XrpcJson.Options);
    }

    private sealed class BufferPolicy : IPooledObjectPolicy<ArrayBufferWriter<byte>>
    {
        public ArrayBufferWriter<byte> Create() => new(4096);

        public bool Return(ArrayBufferWriter<byte> obj)
        {
            obj.ResetWrittenCount();
            return obj.Capacity <= LargestKept;
        }
    }
}
