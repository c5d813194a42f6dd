namespace Pds.Domain.Crypto;

/// <summary>Checks signatures of JWTs that OAuth clients made.</summary>
public interface IJwkVerifier
{
    /// <summary>Whether that key made the signature by that algorithm, one of <see cref="Jwk.Algorithms"/> that the key allows; a malformed signature is false, not an exception.</summary>
    bool Verify(Jwk key, string algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
