using System.Net;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.Infrastructure.Identity;

/// <summary>The DID that a name's DNS claims: a TXT record <c>did=…</c>, as the protocol has it for handles and for lexicons.</summary>
internal sealed class DnsDidLookup(DnsTxtLookup lookup, IdentityLookupOptions options, Func<IReadOnlyList<IPEndPoint>> nameservers)
{
    private const string Prefix = "did=";
    private const int MaxNameLength = 253;

    public DnsDidLookup(DnsTxtLookup lookup, IdentityLookupOptions options) : this(lookup, options, DnsTxtLookup.SystemNameservers)
    {
    }

    /// <summary>Null where there is none, and where there are two that differ.</summary>
    /// <param name="name">Labels of 1 to 63 ASCII characters between dots; none has a record that is longer than names may be.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Did?> FindAsync(string name, CancellationToken ct)
    {
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
