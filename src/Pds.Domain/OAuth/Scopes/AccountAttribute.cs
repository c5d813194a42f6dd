namespace Pds.Domain.OAuth.Scopes;

/// <summary>A part of how an account is hosted (https://atproto.com/specs/permission#account). On the wire: the name in lower case.</summary>
public enum AccountAttribute
{
    /// <summary>Its e-mail address, and whether that is confirmed.</summary>
    Email,

    /// <summary>Its repo as a whole: importing one.</summary>
    Repo,

    /// <summary>Whether it is active.</summary>
    Status,
}
