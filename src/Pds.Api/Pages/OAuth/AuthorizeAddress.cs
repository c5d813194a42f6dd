using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.OAuth;

/// <summary>Where the page of an authorization request is: <c>/oauth/authorize</c>.</summary>
/// <param name="Client">As the client led the browser there (RFC 9126 §4); null where pages of this server lead back, which say it no more: a client's name may be longer than addresses within addresses.</param>
internal sealed record AuthorizeAddress(RequestUri Request, ClientId? Client = null)
{
    public const string Path = "/oauth/authorize";

    private const string ClientName = "client_id";
    private const string RequestName = "request_uri";

    /// <summary>The page, which decides what is to be asked, for the browser that has it open.</summary>
    public string Url => Path + new QueryBuilder { { RequestName, Request.Value } };

    /// <summary>The list of the browser's accounts, whichever the client means.</summary>
    public string ToChoose => $"{Url}&choose=true";

    /// <summary>The page once an account is chosen.</summary>
    public string With(Did account) => $"{Url}&account={Uri.EscapeDataString(account.Value)}";

    /// <summary>Where a form of the page is sent.</summary>
    public string ForForm(string handler) => $"{Url}&handler={handler}";

    /// <summary>Where the form is sent that opens the request.</summary>
    public string ToBegin => $"{Url}{(Client is null ? "" : $"&{ClientName}={Uri.EscapeDataString(Client.Value)}")}&handler=begin";

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
        if (query[RequestName] is not [var uri] || !RequestUri.TryParse(uri, out var request)) return false;

        var names = query[ClientName];
        if (names.Count > 0 && (names is not [var name] || !ClientId.TryParse(name, out _))) return false;
        address = new AuthorizeAddress(request, names.Count > 0 ? ClientId.Parse(names.ToString()) : null);
        return true;
    }
}
