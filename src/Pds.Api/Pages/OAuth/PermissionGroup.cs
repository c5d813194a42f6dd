namespace Pds.Api.Pages.OAuth;

/// <summary>What a permission is about, in the order in which people are told.</summary>
internal enum PermissionGroup
{
    /// <summary>Who the user is, and how the account is kept.</summary>
    Account,

    /// <summary>Records and files, which everybody can see.</summary>
    Publishing,

    /// <summary>Direct messages.</summary>
    Messages,

    /// <summary>Other servers, to which the app speaks as the user.</summary>
    Services,

    /// <summary>Permission sets, in the words of those who made them.</summary>
    Sets,
}
