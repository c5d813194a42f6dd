using System.Security.Cryptography;

namespace Pds.Infrastructure.Crypto;

/// <summary>Encrypts the accounts' private keys, and what they share with their authenticator apps, at rest (AES-256-GCM) under the one key that the operator holds.</summary>
/// <remarks>
/// A sealed key is: version (1 byte, also authenticated), nonce (12, random), tag (16), then as many bytes as the plain key has. A random
/// nonce is good for 2³² seals under one key, far beyond the accounts of one server.
/// </remarks>
internal sealed class KeyEncryption
{
    public const int KeyLength = 32;

    /// <summary>How much longer a sealed key is than the plain one.</summary>
    public const int Overhead = 1 + NonceLength + TagLength;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public KeyEncryption(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException($"The key that encrypts keys has {KeyLength} bytes, not {key.Length}", nameof(key));
        _key = key.ToArray();
    }

    /// <param name="context">Whose key it is, such as the account's DID: the same must be said to open it, so a row moved to another account does not open.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var sealedKey = new byte[Overhead + plain.Length];
        sealedKey[0] = Version;
        var nonce = sealedKey.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_key, TagLength); // one instance must not serve two threads, and a new one costs microseconds
        aes.Encrypt(nonce, plain, sealedKey.AsSpan(Overhead), sealedKey.AsSpan(1 + NonceLength, TagLength), [Version, .. context]);
        return sealedKey;
    }

    /// <exception cref="KeyEncryptionException">Sealed under another key or for another context, or altered since.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedKey, ReadOnlySpan<byte> context)
    {
        if (sealedKey.Length < Overhead) throw new KeyEncryptionException($"A stored key is cut short: {sealedKey.Length} bytes where there must be {Overhead} or more");
        if (sealedKey[0] != Version) throw new KeyEncryptionException($"A stored key has the format {sealedKey[0]}; this release knows {Version} only");

        var plain = new byte[sealedKey.Length - Overhead];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(sealedKey.Slice(1, NonceLength), sealedKey[Overhead..], sealedKey.Slice(1 + NonceLength, TagLength), plain, [Version, .. context]);
            return plain;
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw new KeyEncryptionException(
                "A stored key does not open: most likely the key file is not the one it was encrypted with; otherwise the row was altered or belongs to another account",
                mismatch);
        }
    }
}
