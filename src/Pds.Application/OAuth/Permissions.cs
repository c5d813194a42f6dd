using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Proxying;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth;

/// <summary>What a caller may do, whatever says so: the kind of session that it is, or the scopes that a user gave to an app. Every method asks here.</summary>
/// <remarks>
/// What is asked for is a <see cref="Scope"/>: the narrowest that lets somebody do the thing. Which methods a session of some kind may call at all, and
/// which take OAuth tokens, is in the route tables (<c>Api/Auth/Access</c>); this is about what depends on what the call says.
/// </remarks>
public sealed class Permissions
{
    private Permissions(SessionScope? session, ScopeSet? scopes) => (Session, Scopes) = (session, scopes);

    /// <summary>Nothing: nobody in particular calls.</summary>
    public static Permissions None { get; } = new(session: null, ScopeSet.Empty);

    /// <summary>Everything that the method can do: the caller signed for this very call, or has the account's own password.</summary>
    public static Permissions All { get; } = new(SessionScope.Access, scopes: null);

    /// <summary>Which kind of session calls; null for an app with OAuth, and for nobody.</summary>
    public SessionScope? Session { get; }

    /// <summary>What an app was given by OAuth, with what its permission sets hold in their place; null for a session.</summary>
    public ScopeSet? Scopes { get; }

    /// <summary>Whether the account's own password began the session: no app password, no app.</summary>
    public bool IsFull => Session == SessionScope.Access;

    public static Permissions Of(SessionScope session) => session == SessionScope.Access ? All : new Permissions(session, scopes: null);

    public static Permissions Of(ScopeSet scopes) => new(session: null, scopes);

    /// <summary>Whether the caller may do what <paramref name="needed"/> says.</summary>
    public bool Allow(Scope needed) => Scopes?.Covers(needed) ?? (Session != SessionScope.AppPass || !IsPrivileged(needed));

    /// <param name="needed">The narrowest scope that lets somebody do it.</param>
    /// <param name="otherwise">How this method refuses a session that may not; apps with OAuth are told which scope they lack.</param>
    /// <exception cref="XrpcException">ScopeMissingError; or what <paramref name="otherwise"/> says.</exception>
    public void Demand(Scope needed, Func<XrpcException>? otherwise = null)
    {
        if (Allow(needed)) return;
        throw Session is not null && otherwise is not null ? otherwise() : XrpcException.ScopeMissing(needed);
    }

    /// <summary>What an app password may do only if it was made for it.</summary>
    private static bool IsPrivileged(Scope needed) => needed is RpcScope { Methods: { } methods } && methods.Any(GuardedMethods.IsPrivileged);
}
