namespace Pds.Domain.Crypto;

public static class SignatureVerification
{
    /// <summary>Verifies either of the two signatures that a key can make of a message: libraries that sign JWTs do not care about low-S, so elsewhere in the network both are taken.</summary>
    public static bool VerifyEither(this ISignatureVerifier verifier, DidKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Signature.ByteLength) return false;

        Span<byte> low = stackalloc byte[Signature.ByteLength];
        signature.CopyTo(low);
        Signature.ToLowS(key.Curve, low);
        return verifier.Verify(key, message, low);
    }
}
