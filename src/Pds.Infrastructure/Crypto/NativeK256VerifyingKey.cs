using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>A K-256 key that verifies by libsecp256k1.</summary>
internal sealed class NativeK256VerifyingKey : IVerifyingKey
{
    private readonly byte[] _parsed;

    private NativeK256VerifyingKey(byte[] parsed) => _parsed = parsed;

    /// <summary>Null where the key is not on the curve.</summary>
    public static NativeK256VerifyingKey? Parse(DidKey key)
    {
        var parsed = new byte[Secp256k1Native.OpaqueLength];
        return Secp256k1Native.ParsePublicKey(Secp256k1Native.Context, parsed, key.Compressed.Span, DidKey.CompressedLength) == 1
            ? new NativeK256VerifyingKey(parsed)
            : null;
    }

    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> parsed = stackalloc byte[Secp256k1Native.OpaqueLength];
        return Secp256k1Native.ParseCompact(Secp256k1Native.Context, parsed, signature) == 1
            && Secp256k1Native.Verify(Secp256k1Native.Context, parsed, hash, _parsed) == 1;
    }
}
