using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Domain.Crypto;

namespace Pds.TestKit;

/// <summary>A JSON Web Token as anybody can read it, and as somebody with the key can forge it. By hand, so that a library's leniency shows.</summary>
public sealed record Jwt(JsonObject Header, JsonObject Claims)
{
    public static Jwt Read(string token)
    {
        var parts = token.Split('.');
        return new Jwt(Decode(parts[0]), Decode(parts[1]));
    }

    public string Claim(string name) => Claims[name]!.ToString();

    /// <summary>The same token with a claim changed; null takes it out.</summary>
    public Jwt With(string claim, JsonNode? value)
    {
        var claims = (JsonObject)Claims.DeepClone();
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        return this with { Claims = claims };
    }

    /// <summary>The same token with a field of the header changed; null takes it out.</summary>
    public Jwt WithHeader(string name, JsonNode? value)
    {
        var header = (JsonObject)Header.DeepClone();
        if (value is null) header.Remove(name);
        else header[name] = value;
        return this with { Header = header };
    }

    /// <summary>Signed with HMAC-SHA-256.</summary>
    public string Sign(string secret)
    {
        var content = $"{Encode(Header)}.{Encode(Claims)}";
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(content)))}";
    }

    /// <summary>Signed with an account's or a service's key, or whatever <paramref name="alter"/> makes of that signature.</summary>
    public string Sign(ISigningKey key, Func<byte[], byte[]>? alter = null)
    {
        var content = $"{Encode(Header)}.{Encode(Claims)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(alter is null ? signature : alter(signature))}";
    }

    /// <summary>Signed with a client's key, or whatever <paramref name="alter"/> makes of that signature.</summary>
    public string Sign(ClientKeyPair key, Func<byte[], byte[]>? alter = null)
    {
        var content = $"{Encode(Header)}.{Encode(Claims)}";
        var signature = key.Sign(Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(alter is null ? signature : alter(signature))}";
    }

    /// <summary>With nothing where the signature belongs.</summary>
    public string Unsigned() => $"{Encode(Header)}.{Encode(Claims)}.";

    private static JsonObject Decode(string part) => JsonSerializer.Deserialize<JsonObject>(Base64Url.DecodeFromChars(part))!;

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
