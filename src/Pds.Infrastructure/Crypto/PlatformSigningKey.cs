using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>A key on either curve that signs by the framework's ECDSA.</summary>
/// <remarks>Never disposed, as several may share it: the handle's finaliser frees it after the last of them.</remarks>
internal sealed class PlatformSigningKey : ISigningKey
{
    // The framework promises nothing about one ECDsa on two threads. A repo's writes queue anyway, so the lock is nearly always free.
    private readonly Lock _gate = new();
    private readonly ECDsa _ecdsa;

    public PlatformSigningKey(PrivateKey key)
    {
        var secret = key.Reveal().ToArray();
        _ecdsa = ECDsa.Create(new ECParameters { Curve = PlatformCurve.Of(key.Curve), D = secret });
        CryptographicOperations.ZeroMemory(secret);

        var point = _ecdsa.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = DidKey.Of(key.Curve, [(byte)(2 + (point.Y![^1] & 1)), .. point.X!]);
    }

    public DidKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);

        var signature = new byte[Signature.ByteLength];
        lock (_gate) _ecdsa.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Signature.ToLowS(PublicKey.Curve, signature);
        return signature;
    }
}
