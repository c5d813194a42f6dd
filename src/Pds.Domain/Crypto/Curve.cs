namespace Pds.Domain.Crypto;

/// <summary>The two curves that atproto signs with (https://atproto.com/specs/cryptography).</summary>
public enum Curve
{
    /// <summary>secp256k1: the default for accounts. JWT algorithm <c>ES256K</c>.</summary>
    K256,

    /// <summary>NIST P-256, also secp256r1. JWT algorithm <c>ES256</c>.</summary>
    P256,
}
