using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>A key that signs its owner in (https://www.w3.org/TR/webauthn-3/#public-key-credential). The private half never leaves the owner's device or password manager.</summary>
/// <param name="Id">The credential's id: up to 1,023 bytes that the authenticator chose.</param>
/// <param name="PublicKey">As COSE has it.</param>
/// <param name="Name">What its owner calls it, up to <see cref="MaxNameLength"/> characters.</param>
/// <param name="Transports">How the authenticator is reached: hints for the browser.</param>
/// <param name="IsBackupEligible">Whether its private half may be copied to other devices.</param>
/// <param name="IsBackedUp">Whether it has been.</param>
/// <param name="SignCount">How often the authenticator says that it has signed; 0 for one that does not count.</param>
/// <param name="UsedAt">When it last let somebody in; null for never.</param>
public sealed record Passkey(
    Did Did, ReadOnlyMemory<byte> Id, ReadOnlyMemory<byte> PublicKey, string Name, IReadOnlyList<string> Transports,
    bool IsBackupEligible, bool IsBackedUp, long SignCount, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt = null)
{
    public const int MaxNameLength = 64;

    /// <summary>How many one account may have.</summary>
    public const int Most = 16;

    /// <summary>What authenticators know the account by: nothing that is read from it, and the same for all of its passkeys, so that they replace one another.</summary>
    public static string OwnerIdOf(Did did) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"passkey owner\0{did}")).AsSpan(0, 16));
}
