using Pds.Application.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Auth;

/// <summary>What an app must have been allowed, by OAuth, to call a method.</summary>
/// <param name="Scope">Without it the call is refused before its body is read; null where nothing is needed, or only the call itself says what.</param>
/// <param name="Description">The same for readers: a scope, in which what stands in braces is the call's.</param>
internal sealed record AppNeed(Scope? Scope, string Description)
{
    /// <summary>That a user signed in with it.</summary>
    public static AppNeed Nothing { get; } = new(AtprotoScope.Instance, AtprotoScope.Instance.Text);

    public static AppNeed Of(Scope scope) => new(scope, scope.Text);

    /// <summary>The handler asks, with <see cref="Permissions"/>: it knows what the call wants.</summary>
    public static AppNeed ByCall(string description) => new(Scope: null, description);
}
