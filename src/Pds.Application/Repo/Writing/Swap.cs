using Pds.Domain.Data;

namespace Pds.Application.Repo.Writing;

/// <summary>What the present record must be for a write to go ahead: a CID, nothing at all, or anything (the default).</summary>
public readonly record struct Swap
{
    private Swap(Cid? cid) => (IsGiven, Cid) = (true, cid);

    public bool IsGiven { get; }

    /// <summary>Null: there must be no record.</summary>
    public Cid? Cid { get; }

    public static Swap With(Cid? cid) => new(cid);
}
