using Pds.Application.OAuth.Authorizing;
using Pds.Application.OAuth.Consent;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Api.Pages.OAuth;

/// <summary>What <c>/oauth/authorize</c> shows.</summary>
internal abstract record AuthorizeView
{
    private AuthorizeView()
    {
    }

    /// <summary>A button to begin with: what fetched the page does not say that a person has opened it, and a preview's fetch must change nothing.</summary>
    internal sealed record Begin : AuthorizeView;

    /// <summary>The accounts of the browser.</summary>
    internal sealed record Choose(AuthorizationQuestion Question, AccountChoices Accounts) : AuthorizeView;

    /// <summary>What the client asks for, and whether the owner of the account wants it.</summary>
    internal sealed record Consent(AuthorizationQuestion Question, AccountChoice Account, IReadOnlyList<ConsentGroup> Permissions) : AuthorizeView;

    /// <summary>The chosen account can let nobody in while it is switched off.</summary>
    internal sealed record SwitchedOff(Account Account) : AuthorizeView;

    /// <summary>The way back to the client.</summary>
    internal sealed record Leave(AuthorizationResponse Response) : AuthorizeView;

    /// <summary>There is nothing to answer to.</summary>
    internal sealed record Fault(string Text, string? Detail) : AuthorizeView;
}
