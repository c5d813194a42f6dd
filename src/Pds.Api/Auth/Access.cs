using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Auth;

/// <summary>Who may call a method: which kinds of credentials it takes, and in which state an account may be. What they may do with it is the handler's to say.</summary>
internal sealed record Access
{
    private static readonly SessionScope[] AnyPassword = [SessionScope.Access, SessionScope.AppPassPrivileged, SessionScope.AppPass];

    /// <summary>Anyone; an Authorization header is not looked at.</summary>
    public static Access Public { get; } = new() { IgnoresHeader = true, IsOptional = true };

    /// <summary>Anyone; an account that calls by its session, or the administrator, may see more.</summary>
    public static Access PublicOrOwner { get; } = new() { IsOptional = true, Scopes = AnyPassword, TakesAdmin = true, App = AppNeed.Nothing };

    /// <summary>Anyone; whoever sends an Authorization header must prove by a service token which identity he has.</summary>
    public static Access PublicOrIssuer { get; } = new() { IsOptional = true, Services = ServiceIssuers.Anyone };

    /// <summary>An account, deactivated or not, whichever of its passwords the session began with. Apps with OAuth may not, until the route says what they need.</summary>
    public static Access Session { get; } = new() { Scopes = AnyPassword };

    /// <summary>The same, or a service to which the account has given a token for this very method.</summary>
    public static Access SessionOrService { get; } = Session with { Services = ServiceIssuers.Accounts };

    /// <summary>An account that is active.</summary>
    public static Access ActiveSession { get; } = Session with { NeedsActive = true };

    /// <summary>An account, deactivated or not, in a session that began with its own password: app passwords may not.</summary>
    public static Access FullSession { get; } = new() { Scopes = [SessionScope.Access] };

    /// <summary>A refresh token.</summary>
    public static Access Refresh { get; } = new() { Scopes = [SessionScope.Refresh] };

    /// <summary>A refresh token, expired or not, of an account in any state.</summary>
    public static Access RefreshToEnd { get; } = Refresh with { TakesExpired = true, TakesAnyStatus = true };

    /// <summary>The administrator, by HTTP Basic.</summary>
    public static Access Admin { get; } = new() { TakesAdmin = true };

    /// <summary>The administrator, or the moderation service that the operator has named.</summary>
    public static Access Moderator { get; } = Admin with { Services = ServiceIssuers.Moderation };

    /// <summary>No credentials are asked for, and none are read.</summary>
    public bool IgnoresHeader { get; private init; }

    /// <summary>A call without credentials is answered too.</summary>
    public bool IsOptional { get; private init; }

    /// <summary>The session tokens that are taken; none for a method that takes no session.</summary>
    public IReadOnlyList<SessionScope> Scopes { get; private init; } = [];

    /// <summary>The service tokens that are taken.</summary>
    public ServiceIssuers Services { get; private init; }

    /// <summary>Whether the account must be active.</summary>
    public bool NeedsActive { get; private init; }

    /// <summary>Whether the administrator's password is taken.</summary>
    public bool TakesAdmin { get; private init; }

    /// <summary>Whether a token that has run out is taken.</summary>
    public bool TakesExpired { get; private init; }

    /// <summary>Whether it does not matter that the account is taken down.</summary>
    public bool TakesAnyStatus { get; private init; }

    /// <summary>What an app needs that comes with OAuth; null where none may call.</summary>
    public AppNeed? App { get; private init; }

    /// <summary>What an app is told that may not call; null for the usual.</summary>
    public string? AppRefusal { get; private init; }

    /// <summary>Whether session tokens of any kind are taken.</summary>
    public bool TakesSessions => Scopes.Count > 0;

    /// <summary>Whether any tokens are taken.</summary>
    public bool TakesBearer => TakesSessions || Services != ServiceIssuers.None;

    /// <summary>Whether a refresh token is what it takes.</summary>
    public bool TakesRefresh => Scopes is [SessionScope.Refresh];

    /// <summary>The same, and accounts that are taken down too, in the session that lets them leave.</summary>
    public Access OrTakendown() => this with { Scopes = [.. Scopes, SessionScope.Takendown] };

    /// <summary>The same, and the moderation service that the operator has named.</summary>
    public Access OrModerator() => this with { Services = ServiceIssuers.Moderation };

    /// <summary>The same, and accounts that wait for admission too.</summary>
    public Access OrQueued() => this with { Scopes = [.. Scopes, SessionScope.SignupQueued] };

    /// <summary>The same, and any app that the user signed in with.</summary>
    public Access OrApp() => this with { App = AppNeed.Nothing };

    /// <summary>The same, and apps that were given that scope.</summary>
    public Access OrApp(Scope scope) => this with { App = AppNeed.Of(scope) };

    /// <summary>The same, and apps that were given what the handler asks for, with <see cref="Permissions"/>.</summary>
    /// <param name="need">A scope, in which what stands in braces is the call's.</param>
    public Access OrApp(string need) => this with { App = AppNeed.ByCall(need) };

    /// <summary>Says to apps why they may not.</summary>
    public Access NoApp(string refusal) => this with { AppRefusal = refusal };

    /// <summary>Lets an app in, or does not: asked of an app whose token is right, before anything else of its call is looked at.</summary>
    /// <exception cref="XrpcException">Forbidden: no app may call. ScopeMissingError.</exception>
    public void Admit(Permissions app)
    {
        if (App is null) throw AppRefusal is null ? XrpcException.OAuthRefused() : XrpcException.OAuthRefused(AppRefusal);
        if (App.Scope is { } needed) app.Demand(needed);
    }
}
