using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>The AppView: the service that has seen the whole network, and answers what this server does not.</summary>
public sealed record AppViewOptions
{
    /// <summary>Whom tokens for it are for; null where the operator named none.</summary>
    public Did? Did { get; init; }

    /// <summary>Where it is reached. The operator's choice, so it may be anywhere.</summary>
    public Uri? Url { get; init; }

    /// <summary>Where it serves images, sized for their use; null for this server's own originals.</summary>
    public ImageUrlPattern? Images { get; init; }
}
