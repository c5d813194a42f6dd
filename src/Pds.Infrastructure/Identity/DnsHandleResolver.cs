using System.Net;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.Infrastructure.Identity;

/// <summary>The DID in a handle's DNS: a TXT record <c>did=…</c> at <c>_atproto.</c> before the handle (https://atproto.com/specs/handle#dns-txt-method).</summary>
internal sealed class DnsHandleResolver(DnsTxtLookup lookup, IdentityLookupOptions options, Func<IReadOnlyList<IPEndPoint>> nameservers)
{
    private const string Prefix = "did=";
    private const string Subdomain = "_atproto.";
    private const int MaxNameLength = 253;

    public DnsHandleResolver(DnsTxtLookup lookup, IdentityLookupOptions options) : this(lookup, options, DnsTxtLookup.SystemNameservers)
    {
    }

    /// <summary>Null where there is none, and where there are two that differ.</summary>
    public async Task<Did?> ResolveAsync(Handle handle, CancellationToken ct)
    {
        var name = Subdomain + handle;
        if (name.Length > MaxNameLength) return null;
        return DidIn(await lookup.FindAsync(name, nameservers(), options.Timeout, ct))
            ?? DidIn(await lookup.FindAsync(name, options.BackupNameservers, options.Timeout, ct));
    }

    private static Did? DidIn(IReadOnlyList<string>? texts)
    {
        string[] claims = [.. (texts ?? []).Where(text => text.StartsWith(Prefix, StringComparison.Ordinal)).Distinct()];
        return claims is [var only] && Did.TryParse(only[Prefix.Length..], out var did) ? did : null;
    }
}
