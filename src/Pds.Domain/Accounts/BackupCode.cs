using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>A code that stands in for the authenticator app once, for whoever has lost it.</summary>
public static class BackupCode
{
    /// <summary>How many are made at a time.</summary>
    public const int Count = 10;

    /// <summary>What is kept of a code. Case, hyphens and spaces do not matter: people type it from paper.</summary>
    public static ReadOnlyMemory<byte> HashOf(Did did, Secret code) =>
        SecretHash.Of("backup code", did, string.Concat(code.Reveal().Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)));
}
