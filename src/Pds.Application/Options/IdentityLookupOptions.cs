using System.Net;
using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>How the network is asked who is who.</summary>
public sealed record IdentityLookupOptions
{
    /// <summary>How long one question may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>DNS servers to ask for a handle where the system's own know nothing of it.</summary>
    public IReadOnlyList<IPEndPoint> BackupNameservers { get; init; } = [];

    /// <summary>Who publishes all lexicons that are looked up; null for whomever their domains name.</summary>
    public Did? LexiconAuthority { get; init; }
}
