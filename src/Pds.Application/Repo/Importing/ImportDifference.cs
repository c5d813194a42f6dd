using Pds.Domain.Repo.Mst;

namespace Pds.Application.Repo.Importing;

/// <summary>What an import changes in an account's repo.</summary>
/// <param name="Changes">All of it, in key order; null where it is more than is worth changing in place.</param>
internal sealed record ImportDifference(long Added, long Replaced, long Removed, IReadOnlyList<MstChange>? Changes)
{
    /// <summary>So many are written in one save; more of them would hold other writers up.</summary>
    public const int MaxInPlace = 1000;

    public static ImportDifference Between(MstTree present, MstTree imported, CancellationToken ct)
    {
        var (added, replaced, removed) = (0L, 0L, 0L);
        var few = new List<MstChange>();
        foreach (var change in MstDiff.Between(present, imported))
        {
            ct.ThrowIfCancellationRequested();
            if (change.Previous is null) added++;
            else if (change.Value is null) removed++;
            else replaced++;
            if (few.Count <= MaxInPlace) few.Add(change);
        }

        return new ImportDifference(added, replaced, removed, few.Count <= MaxInPlace ? few : null);
    }
}
