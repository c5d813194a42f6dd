using Pds.Domain.Accounts;

namespace Pds.Application.Options;

/// <summary>What only the operator knows.</summary>
public sealed record SecretOptions
{
    /// <summary>The HMAC key of session tokens.</summary>
    public required Secret JwtSecret { get; init; }

    /// <summary>The key of DPoP nonces, where several servers are to take one another's; null for one that is made up at each start.</summary>
    public Secret? DpopSecret { get; init; }

    /// <summary>The administrator's password for HTTP Basic.</summary>
    public required Secret AdminPassword { get; init; }

    /// <summary>Encrypts the accounts' private keys at rest. Without it a backup of the database is worth nothing.</summary>
    public required KeyEncryptionKey KeyEncryptionKey { get; init; }
}
