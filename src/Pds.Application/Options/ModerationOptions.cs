using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>The moderation service that the operator trusts.</summary>
public sealed record ModerationOptions
{
    /// <summary>Whose tokens the moderators' methods take; null for nobody's.</summary>
    public Did? Did { get; init; }

    /// <summary>Where it is reached; null for none.</summary>
    public Uri? Url { get; init; }
}
