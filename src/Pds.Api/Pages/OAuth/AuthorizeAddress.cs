using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.OAuth;

/// <summary>Where the page of an authorization request is: <c>/oauth/authorize</c>, as the client led the browser there (RFC 9126 §4).</summary>
internal sealed record AuthorizeAddress(ClientId Client, RequestUri Request)
{
    public const string Path = "/oauth/authorize";

    private const string ClientName = "client_id";
    private const string RequestName = "request_uri";

    /// <summary>The page, which decides what is to be asked.</summary>
    public string Url => Path + new QueryBuilder { { ClientName, Client.Value }, { RequestName, Request.Value } };

    /// <summary>The list of the browser's accounts, whichever the client means.</summary>
    public string ToChoose => $"{Url}&choose=true";

    /// <summary>The page once an account is chosen.</summary>
    public string With(Did account) => $"{Url}&account={Uri.EscapeDataString(account.Value)}";

    /// <summary>Where a form of the page is sent.</summary>
    public string ForForm(string handler) => $"{Url}&handler={handler}";

    /// <summary>Reads an address within this server.</summary>
    public static bool TryParse([NotNullWhen(true)] string? target, [MaybeNullWhen(false)] out AuthorizeAddress address)
    {
        address = null;
        if (target is null || !target.StartsWith($"{Path}?", StringComparison.Ordinal)) return false;
        return TryRead(new QueryCollection(QueryHelpers.ParseQuery(target[Path.Length..])), out address);
    }

    /// <summary>Reads the query that a browser comes with.</summary>
    public static bool TryRead(IQueryCollection query, [MaybeNullWhen(false)] out AuthorizeAddress address)
    {
        address = null;
        if (query[ClientName] is not [var name] || query[RequestName] is not [var uri]) return false;
        if (!ClientId.TryParse(name, out var client) || !RequestUri.TryParse(uri, out var request)) return false;
        address = new AuthorizeAddress(client, request);
        return true;
    }
}
