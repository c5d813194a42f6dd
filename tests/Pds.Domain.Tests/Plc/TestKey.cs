using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Plc;

/// <summary>A P-256 key of the platform's own, so that the rules of the log meet real signatures.</summary>
internal sealed class TestKey : ISigningKey, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = DidKey.Of(Curve.P256, [(byte)(2 + (point.Y![^1] & 1)), .. point.X!]);
    }

    public DidKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = _key.SignData(message, HashAlgorithmName.SHA256);
        Signature.ToLowS(Curve.P256, signature);
        return signature;
    }

    public void Dispose() => _key.Dispose();
}
