namespace Pds.Domain.Accounts;

/// <summary>What a host does with an account (https://atproto.com/specs/account). Only an active account's data is given out.</summary>
public enum AccountStatus
{
    Active,

    /// <summary>Switched off by its owner, who may switch it on again.</summary>
    Deactivated,

    /// <summary>Taken out of circulation by the host for a time.</summary>
    Suspended,

    /// <summary>Taken out of circulation by the host for good.</summary>
    Takendown,

    Deleted,

    /// <summary>A relay's word: it lost track of the repository.</summary>
    Desynchronized,

    /// <summary>A relay's word: the account exceeds a rate limit there.</summary>
    Throttled,
}
