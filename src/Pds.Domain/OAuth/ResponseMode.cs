namespace Pds.Domain.OAuth;

/// <summary>How the answer to an authorization request travels back through the browser.</summary>
public enum ResponseMode
{
    /// <summary>In the query of the redirect URI.</summary>
    Query,

    /// <summary>In its fragment, which browsers do not send on.</summary>
    Fragment,

    /// <summary>In a form that the browser posts to it (OAuth 2.0 Form Post Response Mode).</summary>
    FormPost,
}
