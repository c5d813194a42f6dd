using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Plc;

internal sealed class TestVerifier : ISignatureVerifier
{
    public static readonly TestVerifier Instance = new();

    public bool Verify(DidKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Signature.IsLowS(key.Curve, signature) || !CurvePoint.TryDecompress(key.Curve, key.Compressed.Span, out var point)) return false;
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = key.Curve == Curve.P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.CreateFromValue("1.3.132.0.10"),
            Q = new ECPoint { X = point.X.ToArray(), Y = point.Y.ToArray() },
        });
        return ecdsa.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }
}
