namespace Pds.Application.OAuth.Consent;

/// <summary>What a permission is about, in the order in which people are shown them.</summary>
public enum ConsentTopic
{
    /// <summary>Who signed in.</summary>
    Identification,

    /// <summary>Much at once: what apps could do before there were finer permissions.</summary>
    Everything,

    /// <summary>What somebody's published permission set lists.</summary>
    Sets,

    /// <summary>The handle and the DID document.</summary>
    Identity,

    /// <summary>E-mail address, status, the repo as a whole.</summary>
    Account,

    /// <summary>Direct messages.</summary>
    Messages,

    /// <summary>Public records.</summary>
    Records,

    /// <summary>Files.</summary>
    Uploads,

    /// <summary>Calls of other services in the user's name.</summary>
    Services,
}
