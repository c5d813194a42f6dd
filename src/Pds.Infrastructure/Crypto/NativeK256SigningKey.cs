using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>A K-256 key that signs by libsecp256k1: deterministic (RFC 6979), low-S, and safe for all threads at once.</summary>
internal sealed class NativeK256SigningKey : ISigningKey
{
    private readonly byte[] _secret;

    /// <param name="key">A key on K-256; its range was checked when it was made.</param>
    public NativeK256SigningKey(PrivateKey key)
    {
        _secret = key.Reveal().ToArray();
        PublicKey = FindPublicKey(_secret);
    }

    public DidKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);

        Span<byte> parsed = stackalloc byte[Secp256k1Native.OpaqueLength];
        if (Secp256k1Native.Sign(Secp256k1Native.Context, parsed, hash, _secret, 0, 0) != 1) throw new CryptographicException("libsecp256k1 did not sign");

        var signature = new byte[Signature.ByteLength];
        _ = Secp256k1Native.SerializeCompact(Secp256k1Native.Context, signature, parsed);
        return signature;
    }

    private static DidKey FindPublicKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> parsed = stackalloc byte[Secp256k1Native.OpaqueLength];
        if (Secp256k1Native.CreatePublicKey(Secp256k1Native.Context, parsed, secret) != 1) throw new CryptographicException("libsecp256k1 refused a private key");

        Span<byte> compressed = stackalloc byte[DidKey.CompressedLength];
        var length = (nuint)compressed.Length;
        _ = Secp256k1Native.SerializePublicKey(Secp256k1Native.Context, compressed, ref length, parsed, Secp256k1Native.Compressed);
        return DidKey.Of(Curve.K256, compressed);
    }
}
