using Pds.Application.Pipeline;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The browser that a client sent here opens its authorization request (<c>GET /oauth/authorize</c>); the same again where the page is loaded anew.</summary>
/// <remarks>
/// The first browser to open a request owns it; a second one ends it for both, and the client hears <c>access_denied</c>. So only a person's browser may
/// send this: a page that is fetched without the headers of a navigation (<c>Sec-Fetch-Mode: navigate</c>, <c>Sec-Fetch-Dest: document</c>) is a preview's,
/// and changes nothing.
/// </remarks>
/// <param name="Client">The <c>client_id</c> beside the request: one that the request is not of ends it too.</param>
/// <param name="Device">The browser, known by its cookie or new.</param>
/// <param name="Accounts">The accounts that are signed in there.</param>
/// <exception cref="OAuthException">invalid_request: there is no such request. Show it; there is nobody to answer to.</exception>
public sealed record OpenAuthorization(RequestUri Request, ClientId Client, DeviceId Device, IReadOnlyList<DeviceAccount> Accounts) : ICommand<AuthorizationStep>;
