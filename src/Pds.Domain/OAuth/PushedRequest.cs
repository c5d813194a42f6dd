using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>An authorization request that a client has pushed (RFC 9126), on its way from there to a code: pushed, opened in a browser, accepted.</summary>
/// <param name="Parameters">What it asks for; once it is accepted, what was granted.</param>
/// <param name="ClientKey">How the client proved itself; null for a public one.</param>
/// <param name="ExpiresAt">When it is no longer answered, or its code no longer taken.</param>
/// <param name="Device">The first browser that opened it; null where none has.</param>
/// <param name="Account">Who accepted it; null while nobody has.</param>
/// <param name="CodeHash">See <see cref="AuthorizationCode.HashOf"/>; with <paramref name="Account"/>.</param>
public sealed record PushedRequest(
    RequestUri Id, AuthorizationRequest Parameters, ClientKey? ClientKey, DateTimeOffset PushedAt, DateTimeOffset ExpiresAt,
    DeviceId? Device = null, Did? Account = null, ReadOnlyMemory<byte>? CodeHash = null)
{
    /// <summary>How long it waits for a browser, and then for each step of the user's.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How long it is kept after that, so that whoever comes late can be told so.</summary>
    public static readonly TimeSpan KeptAfter = TimeSpan.FromMinutes(10);

    /// <summary>How long after it was accepted the same browser is given the same answer again: forms are sent twice, and pages loaded again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public ClientId Client => Parameters.Client;

    /// <summary>When it was accepted; means nothing before.</summary>
    public DateTimeOffset AcceptedAt => ExpiresAt - AuthorizationCode.Lifetime;
}
