using System.Net;
using Pds.Domain.Accounts;

namespace Pds.Api.Limits;

/// <summary>Whether and for whom rates are limited.</summary>
internal sealed record RateLimitOptions
{
    public bool IsEnabled { get; init; }

    /// <summary>Whoever sends it is not limited; null for nobody.</summary>
    public Secret? BypassKey { get; init; }

    /// <summary>Who is in these is not limited, and is believed when it says for whom it asks.</summary>
    public IReadOnlyList<IPNetwork> BypassNetworks { get; init; } = [];
}
