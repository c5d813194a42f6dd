using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>Verifies what OAuth clients sign: the protocol's own curves as everything else on them, the rest by the platform.</summary>
internal sealed class JwkVerifier(ISignatureVerifier signatures) : IJwkVerifier
{
    public bool Verify(Jwk key, string algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.DidKey is { } didKey) return signatures.VerifyEither(didKey, message, signature);

        var hash = HashOf(algorithm);
        try
        {
            return key.CurveName is { } curve ? VerifyEcdsa(key, curve, hash, message, signature) : VerifyRsa(key, algorithm, hash, message, signature);
        }
        catch (CryptographicException) // no point of its curve, no modulus
        {
            return false;
        }
    }

    private static bool VerifyEcdsa(Jwk key, string curve, HashAlgorithmName hash, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = curve == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP521,
            Q = new ECPoint { X = key.First.ToArray(), Y = key.Second.ToArray() },
        });
        return ecdsa.VerifyData(message, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool VerifyRsa(Jwk key, string algorithm, HashAlgorithmName hash, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = key.First.ToArray(), Exponent = key.Second.ToArray() });
        return rsa.VerifyData(message, signature, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static HashAlgorithmName HashOf(string algorithm) =>
        algorithm.EndsWith("256", StringComparison.Ordinal) ? HashAlgorithmName.SHA256
        : algorithm.EndsWith("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384
        : HashAlgorithmName.SHA512;
}
