using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Identity;

/// <summary>The DID in a handle's DNS: a TXT record <c>did=…</c> at <c>_atproto.</c> before the handle (https://atproto.com/specs/handle#dns-txt-method).</summary>
internal sealed class DnsHandleResolver(DnsDidLookup dns)
{
    private const string Subdomain = "_atproto.";

    /// <summary>Null where there is none, and where there are two that differ.</summary>
    public Task<Did?> ResolveAsync(Handle handle, CancellationToken ct) => dns.FindAsync(Subdomain + handle, ct);
}
