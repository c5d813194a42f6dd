using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pds.Api.Tests.Xrpc;

/// <summary>Makes up bad input, always the same for one seed: good requests with something wrong in them, and plain rubbish.</summary>
internal sealed class BadInput(int seed, string did, string handle, string cid)
{
    private static readonly string[] Fields =
    [
        "repo", "collection", "rkey", "record", "validate", "swapCommit", "swapRecord", "writes", "identifier", "password", "handle", "email", "did", "inviteCode",
        "recoveryKey", "plcOp", "allowTakendown", "cid", "cids", "limit", "cursor", "reverse", "since", "uri", "path", "$type", "__proto__", "",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A query string, with its question mark.</summary>
    public string Query()
    {
        var pairs = Enumerable.Range(0, _random.Next(6)).Select(_ => $"{Uri.EscapeDataString(Pick(Fields))}={Value()}");
        return $"?{string.Join('&', _random.Next(3) == 0 ? pairs : pairs.Concat([$"did={did}", $"repo={did}", "collection=com.example.note"]))}";
    }

    public byte[] Body()
    {
        var body = _random.Next(8) switch
        {
            0 => Bytes(_random.Next(200)),
            1 => Encoding.UTF8.GetBytes(Text()),
            2 => JsonSerializer.SerializeToUtf8Bytes(Any(depth: 4)),
            3 => Encoding.UTF8.GetBytes($"{{\"record\":{string.Concat(Enumerable.Repeat("{\"a\":[", 400))}"),
            _ => JsonSerializer.SerializeToUtf8Bytes(Mutated(Good())),
        };
        return _random.Next(4) == 0 ? Damaged(body) : body;
    }

    public string ContentType() => _random.Next(10) switch
    {
        0 => "text/plain",
        1 => "application/json; charset=\"\\",
        2 => string.Concat(Text().Where(char.IsAscii).Where(c => !char.IsControl(c))),
        _ => "application/json",
    };

    public string? ContentEncoding() => _random.Next(12) switch { 0 => "gzip", 1 => "deflate", 2 => "br", _ => null };

    /// <summary>What a form's field might say instead.</summary>
    public string Instead(string value) => _random.Next(8) switch
    {
        0 => "",
        1 => Text(),
        2 => new string('x', _random.Next(20_000)),
        3 => value + Text(),
        4 => value[.._random.Next(value.Length + 1)],
        5 => value.ToUpperInvariant(),
        6 => Pick([did, handle, "-1", "2147483648", "javascript:alert(1)", "//evil.example", "https://evil.example/", "\\evil.example", "\ud800", "on", "true"]),
        _ => new string([.. value.Reverse()]),
    };

    /// <summary>The same for what is JSON.</summary>
    public JsonNode? Instead() => Any(depth: 2);

    /// <summary>A number below <paramref name="count"/>.</summary>
    public int Choose(int count) => _random.Next(count);

    private JsonObject Good()
    {
        var record = new JsonObject { ["$type"] = "com.example.note", ["text"] = "a note", ["link"] = new JsonObject { ["$link"] = cid }, ["bytes"] = new JsonObject { ["$bytes"] = "AAEC" } };
        return new JsonObject
        {
            ["repo"] = did,
            ["collection"] = "com.example.note",
            ["rkey"] = "self",
            ["record"] = record,
            ["identifier"] = handle,
            ["password"] = "password",
            ["handle"] = "ab.test", // refused, so that nobody signs up
            ["email"] = "nobody@example.com",
            ["writes"] = new JsonArray(new JsonObject { ["$type"] = "com.atproto.repo.applyWrites#create", ["collection"] = "com.example.note", ["value"] = record.DeepClone() }),
        };
    }

    /// <summary>With some of its values, at any depth, replaced, removed or renamed.</summary>
    private JsonObject Mutated(JsonObject good)
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var at = good;
            while (at.Select(field => field.Value).OfType<JsonObject>().ToList() is { Count: > 0 } inner && _random.Next(2) == 0) at = Pick(inner);
            if (at.Count == 0) continue;

            var name = Pick(at.Select(field => field.Key).ToList());
            switch (_random.Next(4))
            {
                case 0: at.Remove(name); break;
                case 1: at[Pick(Fields)] = Any(depth: 3); break;
                default: at[name] = Any(depth: 3); break;
            }
        }

        return good;
    }

    private JsonNode? Any(int depth) => _random.Next(depth > 0 ? 14 : 11) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => _random.NextInt64(long.MinValue, long.MaxValue),
        3 => _random.NextDouble() * Math.Pow(10, _random.Next(-300, 300)),
        4 => JsonNode.Parse(Pick(["9007199254740993", "-0", "1e400", "123456789012345678901234567890", "1.0"])),
        5 => Text(),
        6 => new string('x', _random.Next(3000)),
        7 => new JsonObject { ["$link"] = Text() },
        8 => new JsonObject { ["$bytes"] = Text() },
        9 => new JsonObject { ["$type"] = "blob", ["ref"] = new JsonObject { ["$link"] = cid }, ["mimeType"] = Text(), ["size"] = _random.NextInt64() },
        10 => Pick([did, handle, cid, "at://" + did, "com.example.note", "did:web:localhost"]),
        11 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Any(depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, _random.Next(4)).Select(i => KeyValuePair.Create($"{Pick(Fields)}{i}", Any(depth - 1)))),
    };

    private string Value() => _random.Next(6) switch
    {
        0 => Pick([did, handle, cid, "true", "1", "-1", "0", "99999999999999999999", "1::did:plc:a", "3jzfcijpj2z2a"]),
        1 => "%FF%00%",
        2 => new string('9', _random.Next(400)),
        3 => "",
        _ => Uri.EscapeDataString(Text()),
    };

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(30)).Select(_ => _random.Next(5) switch
    {
        0 => "\0",
        1 => char.ConvertFromUtf32(_random.Next(0x10000, 0x10FFFF)),
        2 => Pick(["'", "\"", "\\", "/", ":", "%", "\u202e", "\ufeff", "\u2028", "é", "\r\n", ";--", "{}", "@"]),
        _ => $"{(char)_random.Next(' ', 0x7F)}",
    }));

    private byte[] Damaged(byte[] body)
    {
        if (body.Length == 0) return body;
        if (_random.Next(2) == 0) return body[.._random.Next(body.Length)];
        for (var i = _random.Next(1, 5); i > 0; i--) body[_random.Next(body.Length)] = (byte)_random.Next(256);
        return body;
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
