using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>The moderation service that the operator trusts, and who takes reports.</summary>
public sealed record ModerationOptions
{
    /// <summary>Whose tokens the moderators' methods take; null for nobody's.</summary>
    public Did? Did { get; init; }

    /// <summary>Where it is reached; null for none.</summary>
    public Uri? Url { get; init; }

    /// <summary>To whom reports go where the caller names nobody; null for nobody.</summary>
    public Did? ReportDid { get; init; }

    /// <summary>Where that service is reached.</summary>
    public Uri? ReportUrl { get; init; }
}
