namespace Pds.Domain.Crypto;

/// <summary>A private key that can be used but not seen.</summary>
public interface ISigningKey
{
    DidKey PublicKey { get; }

    /// <summary>Signs the SHA-256 of the message: 64 bytes, r then s, each big-endian, s in the lower half of the curve's order.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
