namespace Pds.Application.Repo.Importing;

/// <summary>Where a repo comes from, and so what becomes of its head.</summary>
internal enum ImportOrigin
{
    /// <summary>Its owner brings it: it must be signed by a key of his, and its head is signed anew by the key that he has here.</summary>
    Owner,

    /// <summary>A server that this one takes the place of, with the accounts' keys: a head that is signed by the account's key stays as it is. Nobody else is asked.</summary>
    EarlierServer,
}
