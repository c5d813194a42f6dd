using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>A password that an account gives to one app and can take back: good for everything but the control of the account.</summary>
/// <param name="Id">Random, and never another's: the tokens of its sessions bear it, so that a later app password of the same name does not revive them.</param>
/// <param name="Name">What its owner calls it; one account's are all different.</param>
/// <param name="Privileged">Whether it may also see direct messages.</param>
/// <param name="Hash">See <see cref="HashOf"/>.</param>
public sealed record AppPassword(string Id, Did Did, string Name, bool Privileged, ReadOnlyMemory<byte> Hash, DateTimeOffset CreatedAt)
{
    /// <summary>In UTF-16 code units, as clients count.</summary>
    public const int MaxNameLength = 256;

    /// <summary>How many one account may have.</summary>
    public const int MaxPerAccount = 100;

    /// <summary>What is kept of a password.</summary>
    public static ReadOnlyMemory<byte> HashOf(Did did, Secret password) => SecretHash.Of("app password", did, password.Reveal());
}
