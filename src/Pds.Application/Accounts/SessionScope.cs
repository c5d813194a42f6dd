using Pds.Domain.Accounts;

namespace Pds.Application.Accounts;

/// <summary>What a session token is good for.</summary>
public enum SessionScope
{
    /// <summary>Signed in with the account's own password: everything.</summary>
    Access,

    /// <summary>Good for new tokens only.</summary>
    Refresh,

    /// <summary>Signed in with an app password: no account control, no direct messages.</summary>
    AppPass,

    /// <summary>An app password that may also see direct messages.</summary>
    AppPassPrivileged,

    /// <summary>An account that waits for admission.</summary>
    SignupQueued,

    /// <summary>A taken-down account: may export and leave.</summary>
    Takendown,
}

/// <summary>The texts that tokens carry.</summary>
public static class SessionScopes
{
    private static readonly Dictionary<SessionScope, string> Texts = new()
    {
        [SessionScope.Access] = "com.atproto.access",
        [SessionScope.Refresh] = "com.atproto.refresh",
        [SessionScope.AppPass] = "com.atproto.appPass",
        [SessionScope.AppPassPrivileged] = "com.atproto.appPassPrivileged",
        [SessionScope.SignupQueued] = "com.atproto.signupQueued",
        [SessionScope.Takendown] = "com.atproto.takendown",
    };

    private static readonly Dictionary<string, SessionScope> Scopes = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToText(this SessionScope scope) => Texts[scope];

    /// <summary>What a session is good for that began with an app password, or with the account's own where that is null.</summary>
    public static SessionScope Of(AppPassword? appPassword) => appPassword switch
    {
        null => SessionScope.Access,
        { Privileged: true } => SessionScope.AppPassPrivileged,
        _ => SessionScope.AppPass,
    };

    /// <summary>Null for a text that no token of ours carries.</summary>
    public static SessionScope? Parse(string text) => Scopes.TryGetValue(text, out var scope) ? scope : null;
}
