using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>A key on either curve that verifies by the framework's ECDSA.</summary>
/// <remarks>Never disposed, as it may be at work when the cache drops it: the handle's finaliser frees it.</remarks>
internal sealed class PlatformVerifyingKey : IVerifyingKey
{
    private readonly Lock _gate = new(); // as in PlatformSigningKey
    private readonly ECDsa _ecdsa;

    private PlatformVerifyingKey(ECDsa ecdsa) => _ecdsa = ecdsa;

    /// <summary>Null where the key is not on the curve.</summary>
    public static PlatformVerifyingKey? Parse(DidKey key)
    {
        if (!CurvePoint.TryDecompress(key.Curve, key.Compressed.Span, out var point)) return null;

        var q = new ECPoint { X = point.X.ToArray(), Y = point.Y.ToArray() };
        return new PlatformVerifyingKey(ECDsa.Create(new ECParameters { Curve = PlatformCurve.Of(key.Curve), Q = q }));
    }

    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        lock (_gate) return _ecdsa.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
