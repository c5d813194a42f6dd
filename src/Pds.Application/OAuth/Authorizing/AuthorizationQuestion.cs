using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>What a page asks its reader before a client gets an answer.</summary>
/// <param name="Request">The request, for the forms of the page.</param>
/// <param name="Client">Who asks.</param>
/// <param name="RedirectUri">Where the browser goes afterwards, checked against the client's metadata.</param>
/// <param name="Scope">What for: scopes with spaces between them. The user may take away any but <c>atproto</c>.</param>
/// <param name="Prompt">How the client wants it asked; null where it leaves that open. Public clients always have consent asked for.</param>
/// <param name="LoginHint">What to fill into the sign-in form: a handle as a rule. The user may still sign in as somebody else.</param>
/// <param name="Accounts">The accounts of the browser.</param>
/// <param name="Selected">The one of them that the client means; null where the user must choose.</param>
/// <param name="Locales">The languages that the client knows its user to read (<c>ui_locales</c>), the best first.</param>
/// <param name="ExpiresAt">When the request is no longer answered, if nothing is done about it.</param>
public sealed record AuthorizationQuestion(
    RequestUri Request,
    ClientView Client,
    RedirectUri RedirectUri,
    string Scope,
    Prompt? Prompt,
    string? LoginHint,
    IReadOnlyList<AccountChoice> Accounts,
    Did? Selected,
    IReadOnlyList<string> Locales,
    DateTimeOffset ExpiresAt);
