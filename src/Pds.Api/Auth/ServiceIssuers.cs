namespace Pds.Api.Auth;

/// <summary>Whose service tokens a method takes (https://atproto.com/specs/xrpc#inter-service-authentication-jwt).</summary>
internal enum ServiceIssuers
{
    /// <summary>Nobody's.</summary>
    None,

    /// <summary>Any identity's: the handler looks at who it is.</summary>
    Anyone,

    /// <summary>An account's of this server: the service that sends it acts for the account.</summary>
    Accounts,

    /// <summary>The moderation service's that the operator has named.</summary>
    Moderation,
}
