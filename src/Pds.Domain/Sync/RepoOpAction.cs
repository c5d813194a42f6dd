namespace Pds.Domain.Sync;

/// <summary>What happened to a record.</summary>
public enum RepoOpAction
{
    Create,
    Update,
    Delete,
}
