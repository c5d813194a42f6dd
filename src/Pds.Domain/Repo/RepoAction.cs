namespace Pds.Domain.Repo;

/// <summary>What an op of a commit does to a record. On the wire: the name in lower case.</summary>
public enum RepoAction
{
    Create,
    Update,
    Delete,
}
