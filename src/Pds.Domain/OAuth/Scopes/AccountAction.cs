namespace Pds.Domain.OAuth.Scopes;

/// <summary>How much of an <see cref="AccountAttribute"/> is in somebody's hands. On the wire: the name in lower case.</summary>
public enum AccountAction
{
    Read,

    /// <summary>Reading, and changing.</summary>
    Manage,
}
