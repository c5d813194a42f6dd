namespace Pds.Infrastructure.Crypto;

/// <summary>What does the work for K-256 keys. P-256 is always the platform's.</summary>
internal enum K256Backend
{
    /// <summary>The framework's ECDSA: OpenSSL, CNG or Apple's. Present everywhere and slow on this curve.</summary>
    Platform,

    /// <summary>The system's libsecp256k1: ten times as fast or more.</summary>
    Libsecp256k1,
}
