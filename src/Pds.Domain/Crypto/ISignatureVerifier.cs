namespace Pds.Domain.Crypto;

/// <summary>Checks signatures made by anyone's key.</summary>
public interface ISignatureVerifier
{
    /// <summary>True only for a 64-byte, low-S signature of the SHA-256 of the message by that key; a malformed signature is false, not an exception.</summary>
    bool Verify(DidKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
