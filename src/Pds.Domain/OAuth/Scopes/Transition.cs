namespace Pds.Domain.OAuth.Scopes;

/// <summary>The three wide scopes that stood in for app passwords before there were finer ones.</summary>
public enum Transition
{
    /// <summary>What an app password may do: all records, all uploads, all services, but no direct messages.</summary>
    Generic,

    /// <summary>Seeing the account's e-mail address.</summary>
    Email,

    /// <summary>Direct messages.</summary>
    ChatBsky,
}
