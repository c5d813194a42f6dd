using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>The nodes to store and the ones to forget when a tree takes the place of the one it came from.</summary>
public sealed record MstNodeChanges(IReadOnlyList<Block> Added, IReadOnlyList<Cid> Removed)
{
    /// <summary>Walks what was made since and what was loaded before; the links between the two are what both trees share.</summary>
    internal static MstNodeChanges Between(MstLink? before, MstLink after, IBlockSource source)
    {
        var added = new List<Block>();
        var kept = new HashSet<MstLink>();
        CollectMade(after, source, added, kept);

        var removed = new HashSet<Cid>();
        if (before is not null) CollectGone(before, kept, removed);

        // A node made anew with the bytes of one that was there is neither.
        added.RemoveAll(block => removed.Remove(block.Cid));
        return new MstNodeChanges(added, [.. removed]);
    }

    private static void CollectMade(MstLink link, IBlockSource source, List<Block> added, HashSet<MstLink> kept)
    {
        if (link.IsStored)
        {
            kept.Add(link);
            return;
        }

        added.Add(link.Block(source));
        if (!link.TryGetLoaded(out var node)) return;
        for (var i = 0; i <= node.Entries.Length; i++)
        {
            if (node.Gap(i) is { } gap) CollectMade(gap, source, added, kept);
        }
    }

    // To drop or rebuild a node takes looking at it, so a node never looked at is still part of the tree.
    private static void CollectGone(MstLink link, HashSet<MstLink> kept, HashSet<Cid> removed)
    {
        if (kept.Contains(link) || !link.TryGetLoaded(out var node)) return;
        removed.Add(link.Cid);
        for (var i = 0; i <= node.Entries.Length; i++)
        {
            if (node.Gap(i) is { } gap) CollectGone(gap, kept, removed);
        }
    }
}
