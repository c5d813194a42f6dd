using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Repo;

/// <summary>One key that signs and that checks its own signatures, whichever key it is asked about.</summary>
internal sealed class TestKey : ISigningKey, ISignatureVerifier, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public DidKey PublicKey => null!;

    public byte[] Sign(ReadOnlySpan<byte> message) => _key.SignData(message, HashAlgorithmName.SHA256);

    public bool Verify(DidKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => _key.VerifyData(message, signature, HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();
}
