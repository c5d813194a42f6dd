namespace Pds.Application.OAuth;

/// <summary>A request of OAuth's that cannot be answered: the error code that its RFC gives, and a description for the developer who reads it. One factory each.</summary>
public sealed class OAuthException : Exception
{
    private OAuthException(string error, string description, Exception? cause = null) : base(description, cause) => Error = error;

    /// <summary><c>invalid_request</c>, <c>invalid_grant</c> …</summary>
    public string Error { get; }

    /// <summary>RFC 6749 §5.2.</summary>
    public static OAuthException InvalidRequest(string description, Exception? cause = null) => new("invalid_request", description, cause);
}
