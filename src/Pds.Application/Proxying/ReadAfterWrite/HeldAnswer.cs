using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Application.Errors;
using Pds.Application.Ports;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>An answer that is read to be completed, and can still be passed on to the byte as it came, whether it could be read or not.</summary>
internal sealed class HeldAnswer(UpstreamAnswer answer, AnswerMemory memory)
{
    /// <summary>The longest answer that is held, in bytes, before and after decompression each.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int FirstBytes = 64 * 1024;

    /// <summary>A thread of replies nests twice for each reply.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private byte[] _start = [];
    private int _length;
    private long _taken;
    private bool _isWhole;

    /// <summary>The answer as it came.</summary>
    public UpstreamAnswer Untouched => answer with { Body = new HeldBody(_start.AsMemory(0, _length), answer.Body, Release) };

    /// <summary>What the answer says; null where it is too long, no JSON object, or there is no memory for it.</summary>
    /// <exception cref="XrpcException">UpstreamFailure, UpstreamTimeout: it broke off.</exception>
    public async Task<JsonObject?> ReadAsync(CancellationToken ct)
    {
        if (long.TryParse(answer.Header("content-length"), out var length) && length > MaxBytes) return null;
        (_start, _length, _isWhole) = await ReadAsync(answer.Body, ct);
        if (!_isWhole) return null;

        var encoding = answer.Header("content-encoding");
        return string.IsNullOrEmpty(encoding) ? Parse(_start.AsMemory(0, _length)) : await DecodeAsync(encoding, ct);
    }

    /// <summary>Lets go of it: of the call, and of the memory. Not where it is passed on, which does that itself.</summary>
    public async ValueTask LetGoAsync()
    {
        Release();
        await answer.DisposeAsync();
    }

    private async Task<JsonObject?> DecodeAsync(string encoding, CancellationToken ct)
    {
        try
        {
            await using var decoded = ContentEncodings.Decode(new MemoryStream(_start, 0, _length), encoding);
            var (plain, length, isWhole) = await ReadAsync(decoded, ct);
            return isWhole ? Parse(plain.AsMemory(0, length)) : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or InvalidOperationException) // not what its header says
        {
            return null;
        }
    }

    private async Task<(byte[] Bytes, int Length, bool IsWhole)> ReadAsync(Stream body, CancellationToken ct)
    {
        byte[] bytes = [];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                var size = Math.Clamp(bytes.Length * 2, FirstBytes, MaxBytes + 1);
                if (length > MaxBytes || !TryTake(size - length)) return (bytes, length, IsWhole: false);
                Array.Resize(ref bytes, size);
            }

            var count = await body.ReadAsync(bytes.AsMemory(length), ct);
            if (count == 0) return (bytes, length, IsWhole: true);
            length += count;
        }
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8.Span, documentOptions: Deep) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool TryTake(long bytes)
    {
        if (!memory.TryTake(bytes)) return false;
        _taken += bytes;
        return true;
    }

    private void Release() => memory.Give(Interlocked.Exchange(ref _taken, 0));
}
