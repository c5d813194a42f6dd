namespace Pds.Infrastructure.Crypto;

/// <summary>A public key, parsed and known to be on its curve.</summary>
internal interface IVerifyingKey
{
    /// <param name="hash">32 bytes.</param>
    /// <param name="signature">64 bytes, low-S.</param>
    bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);
}
