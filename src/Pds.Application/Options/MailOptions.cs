namespace Pds.Application.Options;

/// <summary>How mail is sent.</summary>
public sealed record MailOptions
{
    /// <summary>For what accounts are sent: codes, mostly.</summary>
    public required MailRoute Accounts { get; init; }

    /// <summary>For what moderators write.</summary>
    public required MailRoute Moderators { get; init; }

    /// <summary>How long handing over one mail may take in all: whoever caused it is waiting.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
