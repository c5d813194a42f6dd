using System.Diagnostics.CodeAnalysis;
using Pds.Domain.Syntax;

namespace Pds.Domain.Crypto;

/// <summary>A public key as the protocol writes it: <c>did:key:z…</c>.</summary>
/// <remarks>
/// https://atproto.com/specs/cryptography#public-key-encoding. Syntax only: whether the bytes are a point of the curve shows
/// when a signature is checked, and costs too much to ask of every key that passes by.
/// </remarks>
public sealed record DidKey : ISyntax<DidKey>
{
    /// <summary>A compressed point: <c>02</c> or <c>03</c>, then x.</summary>
    public const int CompressedLength = 33;

    private const string Prefix = "did:key:";
    private const int UncompressedLength = 65;
    private const int CodecLength = 2;

    private readonly byte[] _compressed;

    private DidKey(Curve curve, byte[] compressed) => (Curve, _compressed) = (curve, compressed);

    public Curve Curve { get; }

    /// <summary>The <see cref="CompressedLength"/> bytes of the compressed point.</summary>
    public ReadOnlyMemory<byte> Compressed => _compressed;

    /// <summary>The key as a DID document's <c>publicKeyMultibase</c> of the type <c>Multikey</c> holds it: <c>z</c>, then codec and point in base58.</summary>
    public string Multibase => field ??= $"z{Base58.Encode([.. CodecOf(Curve), .. _compressed])}";

    /// <summary>The <c>alg</c> of the JWTs that this key can check (RFC 7518, RFC 8812).</summary>
    public string JwtAlgorithm => Curve == Curve.K256 ? "ES256K" : "ES256";

    /// <exception cref="FormatException">Not 33 bytes that start with <c>02</c> or <c>03</c>.</exception>
    public static DidKey Of(Curve curve, ReadOnlySpan<byte> compressed) =>
        IsCompressed(compressed) ? new DidKey(curve, compressed.ToArray()) : throw new FormatException("Invalid public key: not a compressed point");

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out DidKey key)
    {
        key = null;
        return text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && TryFromMultibase(text[Prefix.Length..], out key);
    }

    public static DidKey Parse(string text) => AtSyntax.Parse<DidKey>(text);

    /// <summary>Reads a <c>Multikey</c>: base58 of a codec (K-256 is <c>e7 01</c>, P-256 is <c>80 24</c>) and a compressed point.</summary>
    public static bool TryFromMultibase([NotNullWhen(true)] string? multibase, [MaybeNullWhen(false)] out DidKey key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[CodecLength + CompressedLength];
        if (!TryDecode(multibase, bytes, out var length) || length != bytes.Length || !IsCompressed(bytes[CodecLength..])) return false;

        foreach (var curve in (ReadOnlySpan<Curve>)[Curve.K256, Curve.P256])
            if (bytes.StartsWith(CodecOf(curve))) key = new DidKey(curve, bytes[CodecLength..].ToArray());
        return key is not null;
    }

    /// <exception cref="FormatException">Not a Multikey of a curve that the protocol knows.</exception>
    public static DidKey FromMultibase(string multibase) => TryFromMultibase(multibase, out var key) ? key : throw new FormatException("Invalid multikey");

    /// <summary>Reads the key of a DID document's verification method by its type: <c>Multikey</c>, or one of the two older types, which hold the
    /// bare point, compressed or not, without a codec.</summary>
    public static bool TryFromVerificationMethod(string? type, [NotNullWhen(true)] string? publicKeyMultibase, [MaybeNullWhen(false)] out DidKey key)
    {
        key = null;
        return type switch
        {
            "Multikey" => TryFromMultibase(publicKeyMultibase, out key),
            "EcdsaSecp256k1VerificationKey2019" => TryFromPoint(Curve.K256, publicKeyMultibase, out key),
            "EcdsaSecp256r1VerificationKey2019" => TryFromPoint(Curve.P256, publicKeyMultibase, out key),
            _ => false,
        };
    }

    public bool Equals(DidKey? other) => other is not null && Curve == other.Curve && _compressed.AsSpan().SequenceEqual(other._compressed);

    public override int GetHashCode()
    {
        // Strangers choose their keys; HashCode is seeded, so they cannot choose collisions.
        var hash = new HashCode();
        hash.AddBytes(_compressed);
        return hash.ToHashCode();
    }

    public override string ToString() => Prefix + Multibase;

    private static bool TryFromPoint(Curve curve, [NotNullWhen(true)] string? multibase, [MaybeNullWhen(false)] out DidKey key)
    {
        key = null;
        Span<byte> point = stackalloc byte[UncompressedLength];
        if (!TryDecode(multibase, point, out var length)) return false;

        Span<byte> compressed = stackalloc byte[CompressedLength];
        if (IsCompressed(point[..length])) point[..length].CopyTo(compressed);
        else if (!CurvePoint.TryCompress(curve, point[..length], compressed)) return false;

        key = new DidKey(curve, compressed.ToArray());
        return true;
    }

    private static bool TryDecode([NotNullWhen(true)] string? multibase, Span<byte> bytes, out int length)
    {
        length = 0;
        return multibase is ['z', ..] && Base58.TryDecode(multibase.AsSpan(1), bytes, out length);
    }

    private static bool IsCompressed(ReadOnlySpan<byte> point) => point.Length == CompressedLength && point[0] is 2 or 3;

    // Varints of the multicodecs secp256k1-pub (0xe7) and p256-pub (0x1200).
    private static ReadOnlySpan<byte> CodecOf(Curve curve) => curve == Curve.K256 ? [0xe7, 0x01] : [0x80, 0x24];
}
