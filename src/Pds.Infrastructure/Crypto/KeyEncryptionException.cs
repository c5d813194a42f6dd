using System.Security.Cryptography;

namespace Pds.Infrastructure.Crypto;

/// <summary>A stored key could not be decrypted. The message is for the operator.</summary>
internal sealed class KeyEncryptionException(string message, Exception? cause = null) : CryptographicException(message, cause);
