namespace Pds.Domain.OAuth.Scopes;

/// <summary>How much of an identity is in somebody's hands (https://atproto.com/specs/permission#identity).</summary>
public enum IdentityAttribute
{
    /// <summary>The handle.</summary>
    Handle,

    /// <summary>The whole DID document, the handle in it as well. On the wire: <c>*</c>.</summary>
    All,
}
