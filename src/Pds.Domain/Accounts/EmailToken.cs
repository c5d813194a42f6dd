using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>What a code that was sent by mail is good for. One of each is alive for an account at a time.</summary>
public enum EmailTokenPurpose
{
    ConfirmEmail,
    UpdateEmail,
    ResetPassword,
    DeleteAccount,
    PlcOperation,
    SignIn,
}

/// <summary>A code that was sent by mail, as it is kept: its hash, so that whoever reads the database cannot use it.</summary>
/// <param name="Hash">SHA-256 of the code in upper case without what is between its groups.</param>
public sealed record EmailToken(Did Did, EmailTokenPurpose Purpose, ReadOnlyMemory<byte> Hash, DateTimeOffset RequestedAt)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
}
