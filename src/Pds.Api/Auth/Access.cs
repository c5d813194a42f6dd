namespace Pds.Api.Auth;

/// <summary>Who may call a method. What they may do with it is the handler's to say.</summary>
internal enum Access
{
    /// <summary>Anyone; an Authorization header is not looked at.</summary>
    Public,

    /// <summary>Anyone; an account that calls by its session, or the administrator, may see more.</summary>
    PublicOrOwner,

    /// <summary>Anyone, but whoever sends an Authorization header must mean it: none is understood yet.</summary>
    NoHeader,

    /// <summary>An account, deactivated or not.</summary>
    Session,

    /// <summary>An account that is active.</summary>
    ActiveSession,

    /// <summary>A refresh token.</summary>
    Refresh,

    /// <summary>A refresh token, expired or not.</summary>
    RefreshToEnd,
}
