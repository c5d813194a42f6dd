using Pds.Api.Limits;
using Pds.Application.Options;

namespace Pds.Api.Configuration;

/// <summary>The whole configuration, valid.</summary>
internal sealed record PdsOptions
{
    public required ServiceOptions Service { get; init; }

    public required IdentityOptions Identity { get; init; }

    public required SecretOptions Secrets { get; init; }

    public required StorageOptions Storage { get; init; }

    public required ImportOptions Imports { get; init; }

    public required InviteOptions Invites { get; init; }

    public required SyncOptions Sync { get; init; }

    public required OutboundOptions Outbound { get; init; }

    public required AppViewOptions AppView { get; init; }

    public required ModerationOptions Moderation { get; init; }

    public required ProxyOptions Proxy { get; init; }

    public required IdentityCacheOptions IdentityCache { get; init; }

    public required IdentityLookupOptions IdentityLookup { get; init; }

    public required RateLimitOptions RateLimits { get; init; }

    public required ConnectionOptions Connections { get; init; }

    public required MailOptions Mail { get; init; }

    public required BrandingOptions Branding { get; init; }

    public required OAuthOptions OAuth { get; init; }

    /// <summary>Null where the configuration was read for something other than serving.</summary>
    public required ListenSockets? Listening { get; init; }

    /// <summary>Null where the operator did not say.</summary>
    public required LogLevel? LogLevel { get; init; }

    /// <summary>The sandbox made the password up, so it must tell it.</summary>
    public required bool AdminPasswordIsGenerated { get; init; }

    /// <summary>For the log at start: what is set and has no effect, what to back up.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
