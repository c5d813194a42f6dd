using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>Verifies K-256 by libsecp256k1 where the system has it, everything else by the platform.</summary>
internal sealed class SignatureVerifier(K256Backend k256) : ISignatureVerifier
{
    private const int KeysRemembered = 1_000; // about a kilobyte each

    private readonly VerifyingKeyCache _keys = new(KeysRemembered, key =>
        key.Curve == Curve.K256 && k256 == K256Backend.Libsecp256k1 ? NativeK256VerifyingKey.Parse(key) : PlatformVerifyingKey.Parse(key));

    public SignatureVerifier() : this(Secp256k1Native.IsPresent ? K256Backend.Libsecp256k1 : K256Backend.Platform) { }

    public bool Verify(DidKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Signature.IsLowS(key.Curve, signature)) return false;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        return _keys.Get(key)?.Verify(hash, signature) ?? false;
    }
}
