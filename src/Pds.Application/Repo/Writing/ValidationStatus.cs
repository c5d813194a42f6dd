namespace Pds.Application.Repo.Writing;

/// <summary>Whether a record was checked against its lexicon. A record whose check was not wanted has none.</summary>
public enum ValidationStatus
{
    Valid,

    /// <summary>Nobody here knows the lexicon.</summary>
    Unknown,
}
