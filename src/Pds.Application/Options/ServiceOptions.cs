using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>What this server is, to the world.</summary>
public sealed record ServiceOptions
{
    /// <summary>The public host name, without a port; <c>localhost</c> in the sandbox.</summary>
    public required string Hostname { get; init; }

    /// <summary>Where clients and the network reach it, without a trailing slash: what DID documents name as <c>#atproto_pds</c>.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>The service's own DID: the audience of every token it takes.</summary>
    public required Did Did { get; init; }

    /// <summary>No public host name: everything that production must be given is made up, and nothing leaves the machine.</summary>
    public required bool IsSandbox { get; init; }

    public required string Version { get; init; }

    public string? Name { get; init; }

    public string? HomeUrl { get; init; }

    public string? LogoUrl { get; init; }

    public string? PrivacyPolicyUrl { get; init; }

    public string? TermsOfServiceUrl { get; init; }

    public string? SupportUrl { get; init; }

    public string? ContactEmail { get; init; }

    /// <summary>Whether a sign-up needs an invite code.</summary>
    public required bool InviteRequired { get; init; }
}
