namespace Pds.Domain.OAuth;

/// <summary>A request of OAuth's that cannot be answered: the error code that its RFC gives, and a description for the developer who reads it. One factory each.</summary>
public sealed class OAuthException : Exception
{
    private OAuthException(string error, string description, Exception? cause = null) : base(description, cause) => Error = error;

    /// <summary><c>invalid_request</c>, <c>invalid_grant</c> …</summary>
    public string Error { get; }

    /// <summary>The same refusal for somebody else.</summary>
    public OAuthException Again() => new(Error, Message, this);

    // RFC 6749 §5.2, RFC 6749 §4.1.2.1
    public static OAuthException InvalidRequest(string description, Exception? cause = null) => new("invalid_request", description, cause);

    /// <summary>The client did not prove who it is.</summary>
    public static OAuthException InvalidClient(string description) => new("invalid_client", description);

    /// <summary>A code or refresh token that is good for nothing, or not for this client.</summary>
    public static OAuthException InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthException UnsupportedGrantType(string description) => new("unsupported_grant_type", description);

    /// <summary>A grant type that the client's own metadata do not list.</summary>
    public static OAuthException UnauthorizedClient(string description) => new("unauthorized_client", description);

    public static OAuthException InvalidScope(string description) => new("invalid_scope", description);

    public static OAuthException UnsupportedResponseType(string description) => new("unsupported_response_type", description);

    /// <summary>Too much is going on, for a moment.</summary>
    public static OAuthException TemporarilyUnavailable(string description, Exception? cause = null) => new("temporarily_unavailable", description, cause);

    // RFC 7591 §3.2.2; https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document
    public static OAuthException InvalidClientId(string description) => new("invalid_client_id", description);

    public static OAuthException InvalidClientMetadata(string description, Exception? cause = null) => new("invalid_client_metadata", description, cause);

    public static OAuthException InvalidRedirectUri(string description) => new("invalid_redirect_uri", description);

    // RFC 9449 §5, §7.1, §8; RFC 6750 §3.1
    public static OAuthException InvalidDpopProof(string description) => new("invalid_dpop_proof", description);

    /// <summary>Clients send the request again with the nonce that came with this.</summary>
    public static OAuthException UseDpopNonce(string description = "Authorization server requires nonce in DPoP proof") => new("use_dpop_nonce", description);

    /// <summary>Clients get themselves another access token.</summary>
    public static OAuthException InvalidToken(string description) => new("invalid_token", description);
}
