using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>A node of the tree: keys of one depth in ascending order, with a gap before, between and after them. Never changes.</summary>
/// <remarks>Gap <c>i</c> lies before entry <c>i</c>; a node with <c>n</c> entries has <c>n + 1</c> gaps.</remarks>
internal sealed class MstNode(int layer, MstLink? left, MstEntry[] entries)
{
    public static readonly MstNode Empty = new(0, null, []);

    public int Layer => layer;

    /// <summary>Gap 0.</summary>
    public MstLink? Left => left;

    public ReadOnlySpan<MstEntry> Entries => entries;

    public bool IsEmpty => entries.Length == 0 && left is null;

    public MstLink? Gap(int index) => index == 0 ? left : entries[index - 1].Right;

    /// <summary>The index of the key, or of the first key after it, which is also the gap where the key would be.</summary>
    public int Find(MstKey key, out bool found)
    {
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = entries[middle].Key.CompareTo(key);
            if (order == 0)
            {
                found = true;
                return middle;
            }

            if (order < 0) low = middle + 1;
            else high = middle;
        }

        found = false;
        return low;
    }

    public MstNode WithValue(int index, Cid value)
    {
        MstEntry[] copy = [.. entries];
        copy[index] = new MstEntry(copy[index].Key, value, copy[index].Right);
        return new MstNode(layer, left, copy);
    }

    public MstNode WithGap(int index, MstLink? link)
    {
        if (index == 0) return new MstNode(layer, link, entries);
        MstEntry[] copy = [.. entries];
        copy[index - 1] = new MstEntry(copy[index - 1].Key, copy[index - 1].Value, link);
        return new MstNode(layer, left, copy);
    }

    /// <summary>Puts an entry into a gap: what was linked there is now split between <paramref name="before"/> and the entry's own right.</summary>
    public MstNode WithEntry(int index, MstLink? before, MstEntry entry)
    {
        var copy = new MstEntry[entries.Length + 1];
        entries.AsSpan(0, index).CopyTo(copy);
        copy[index] = entry;
        entries.AsSpan(index).CopyTo(copy.AsSpan(index + 1));
        return new MstNode(layer, left, copy).WithGapInPlace(index, before);
    }

    /// <summary>Takes an entry out; the gaps beside it become one.</summary>
    public MstNode Without(int index, MstLink? merged)
    {
        var copy = new MstEntry[entries.Length - 1];
        entries.AsSpan(0, index).CopyTo(copy);
        entries.AsSpan(index + 1).CopyTo(copy.AsSpan(index));
        return new MstNode(layer, left, copy).WithGapInPlace(index, merged);
    }

    /// <summary>The entries before a gap and what of the gap belongs to them; null if that is nothing.</summary>
    public MstNode? Before(int index, MstLink? gap)
    {
        if (index == 0) return gap is null ? null : new MstNode(layer, gap, []);
        return new MstNode(layer, left, entries[..index]).WithGapInPlace(index, gap);
    }

    /// <summary>What of a gap belongs to the entries after it, and these; null if that is nothing.</summary>
    public MstNode? After(int index, MstLink? gap) =>
        index == entries.Length && gap is null ? null : new MstNode(layer, gap, entries[index..]);

    /// <summary>Two neighbours as one, once the last gap of the first and the first gap of the second are.</summary>
    public MstNode Append(MstNode next, MstLink? merged) =>
        new MstNode(layer, left, [.. entries, .. next.Entries]).WithGapInPlace(entries.Length, merged);

    // Only for arrays that nobody else has seen yet.
    private MstNode WithGapInPlace(int index, MstLink? link)
    {
        if (index == 0) return new MstNode(layer, link, entries);
        ref var entry = ref entries[index - 1];
        entry = new MstEntry(entry.Key, entry.Value, link);
        return this;
    }
}
