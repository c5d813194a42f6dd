using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Pds.Application.Errors;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc;

/// <summary>Reads request bodies: bounded before they are parsed, and every fault in them a 400 that says what and where.</summary>
internal static class XrpcBody
{
    private const string Json = "application/json";

    /// <exception cref="XrpcException">InvalidRequest, PayloadTooLarge, or a content encoding that is not understood.</exception>
    public static async Task<T> ReadJsonAsync<T>(HttpContext http, int limit)
    {
        EnsureThereIsOne(http.Request);
        EnsureType(http.Request, Json);

        return await ReadAsync(http, limit, Parse<T>);
    }

    /// <summary>A body of any kind, decompressed, and what is made of it.</summary>
    /// <exception cref="XrpcException">PayloadTooLarge, or a content encoding that is not understood.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, int limit, Func<ReadOnlySpan<byte>, T> parse)
    {
        var (body, length) = await ReadBoundedAsync(http, limit);
        try
        {
            return parse(body.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body, clearArray: true); // may hold a password
        }
    }

    /// <summary>Lets a body be of this length, whatever others may have. Before anything is read of it.</summary>
    /// <exception cref="XrpcException">PayloadTooLarge: it says that it is longer.</exception>
    public static void Allow(HttpContext http, long length)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = length;
        if (http.Request.ContentLength > length) throw XrpcException.PayloadTooLarge();
    }

    /// <summary>For a method that takes a file: the stream as it arrives, decompressed, and what the client says it is.</summary>
    /// <param name="http">The request.</param>
    /// <param name="type">The one type that it takes; null for any, and for an empty file too.</param>
    /// <exception cref="XrpcException">InvalidRequest.</exception>
    public static (Stream Content, string ContentType) ReadStream(HttpContext http, string? type)
    {
        if (type is not null) EnsureThereIsOne(http.Request);
        if (string.IsNullOrEmpty(http.Request.ContentType)) throw XrpcException.InvalidRequest("Request encoding (Content-Type) required but not provided");
        if (type is not null) EnsureType(http.Request, type);
        return (Decompressed(http.Request), http.Request.ContentType);
    }

    /// <summary>For a method that takes no input.</summary>
    public static void EnsureNone(HttpRequest request)
    {
        if (HasBody(request)) throw XrpcException.InvalidRequest("A request body was provided when none was expected");
    }

    public static XrpcException NotAsEncoded(Exception fault) => XrpcException.InvalidRequest("The body is not what its Content-Encoding says", fault);

    private static void EnsureThereIsOne(HttpRequest request)
    {
        if (!HasBody(request)) throw XrpcException.InvalidRequest("A request body is expected but none was provided");
        if (string.IsNullOrEmpty(request.ContentType)) throw XrpcException.InvalidRequest("Request encoding (Content-Type) required but not provided");
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    private static string TypeOf(string contentType) => contentType.Split(';', 2)[0].Trim();

    private static void EnsureType(HttpRequest request, string expected)
    {
        var type = TypeOf(request.ContentType!);
        if (!type.Equals(expected, StringComparison.OrdinalIgnoreCase)) throw XrpcException.InvalidRequest($"Wrong request encoding (Content-Type): {type}");
    }

    private static Stream Decompressed(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        var other => throw XrpcException.UnsupportedMediaType($"unsupported content encoding \"{other}\""),
    };

    private static async Task<(byte[] Body, int Length)> ReadBoundedAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit) throw XrpcException.PayloadTooLargeError();

        var content = Decompressed(http.Request);
        var body = ArrayPool<byte>.Shared.Rent((int)Math.Min(http.Request.ContentLength + 1 ?? 4096, limit + 1));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await content.ReadAsync(body.AsMemory(length), http.RequestAborted);
                if (read == 0) return (body, length);
                length += read;
                if (length > limit) throw XrpcException.PayloadTooLargeError();
                if (length == body.Length) body = Grow(body, length);
            }
        }
        catch (Exception failure)
        {
            ArrayPool<byte>.Shared.Return(body, clearArray: true);
            if (failure is InvalidDataException) throw NotAsEncoded(failure);
            throw;
        }
    }

    private static byte[] Grow(byte[] body, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        body.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(body, clearArray: true);
        return larger;
    }

    private static T Parse<T>(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw XrpcException.InvalidRequest("Invalid JSON: the text is not UTF-8");
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, XrpcJson.Options) ?? throw new JsonException("Expected object value type");
        }
        catch (DataModelException fault)
        {
            throw XrpcException.InvalidRequest(fault.Message, fault);
        }
        catch (JsonException fault)
        {
            throw XrpcException.InvalidRequest(XrpcBodyFault.Explain(fault, typeof(T), utf8), fault);
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException) // an abstract type without its $type; text that is not Unicode
        {
            throw XrpcException.InvalidRequest(fault is NotSupportedException ? "Missing or unknown $type" : "Invalid JSON", fault);
        }
    }
}
