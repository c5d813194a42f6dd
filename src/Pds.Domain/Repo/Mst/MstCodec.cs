using System.Buffers;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>Nodes as blocks. Each key is written as the length of the prefix it shares with the key before it, and the rest.</summary>
/// <remarks>
/// https://atproto.com/specs/repository#mst-structure: <c>{ e: [{ k: suffix, p: prefix length, t: right subtree or null, v: record }], l: left subtree or null }</c>.
/// One node has one encoding; every other is a <see cref="DataModelException"/>.
/// </remarks>
public static class MstCodec
{
    private const int LargestHead = 16;
    private const int LeastEntry = 50;
    private const int LargestEntryWithoutKey = 100;

    /// <summary>The subtrees that a node links to, left to right: what a caller fetches ahead of a walk.</summary>
    /// <exception cref="DataModelException">The block is not a node.</exception>
    public static IReadOnlyList<Cid> Links(ReadOnlySpan<byte> block)
    {
        var reader = new DagCborReader(block);
        var links = new List<Cid>();
        ReadOnlySpan<byte> key = default;
        var entries = ReadHeader(ref reader, block.Length);
        for (var i = 0; i < entries; i++)
        {
            ReadEntry(ref reader, ref key, out _, out _, out var right);
            if (right is { } link) links.Add(link);
        }

        if (ReadLeft(ref reader) is { } left) links.Insert(0, left);
        return links;
    }

    internal static ReadOnlyMemory<byte> Encode(MstNode node)
    {
        var size = LargestHead + Cid.ByteLength;
        foreach (ref readonly var entry in node.Entries) size += LargestEntryWithoutKey + entry.Key.Utf8.Length;
        var buffer = new ArrayBufferWriter<byte>(size);
        var writer = new DagCborWriter(buffer);

        writer.WriteMapHeader(2);
        writer.WriteText("e"u8);
        writer.WriteArrayHeader(node.Entries.Length);
        ReadOnlySpan<byte> previous = default;
        foreach (ref readonly var entry in node.Entries)
        {
            WriteEntry(writer, entry, previous);
            previous = entry.Key.Utf8;
        }

        writer.WriteText("l"u8);
        writer.WriteLinkOrNull(node.Left?.Cid);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a node; <paramref name="layer"/> is where it must stand, or null for a root, which stands where its keys say.</summary>
    /// <param name="isChecked">See <see cref="IBlockSource.HoldsCheckedNodes"/>.</param>
    internal static MstNode Decode(ReadOnlySpan<byte> block, int? layer, bool isChecked = false)
    {
        var reader = new DagCborReader(block);
        var entries = new MstEntry[ReadHeader(ref reader, block.Length)];
        ReadOnlySpan<byte> key = default;
        var hasLinks = false;
        for (var i = 0; i < entries.Length; i++)
        {
            var previous = key;
            ReadEntry(ref reader, ref key, out var utf8, out var value, out var right);
            if (i > 0 && previous.SequenceCompareTo(key) >= 0) throw new DataModelException("Tree keys are not in ascending order");
            EnsureLayer(key, ref layer, isChecked);
            hasLinks |= right is not null;
            entries[i] = new MstEntry(MstKey.OfChecked(utf8), value, right is { } link ? MstLink.To(link) : null);
        }

        var left = ReadLeft(ref reader);
        if (entries.Length == 0 && (layer is null) != (left is null)) throw new DataModelException("A tree node without keys must link to a subtree, and cannot be the root");
        if (layer is null or 0 && (hasLinks || left is not null)) throw new DataModelException("A tree node on the lowest layer cannot link to a subtree");
        return new MstNode(layer ?? 0, left is { } first ? MstLink.To(first) : null, entries);
    }

    private static void EnsureLayer(ReadOnlySpan<byte> key, ref int? layer, bool isChecked)
    {
        if (isChecked && layer is not null) return;
        var depth = MstKey.DepthOf(key);
        if (depth != (layer ??= depth)) throw new DataModelException("A tree key is on the wrong layer");
    }

    private static void WriteEntry(DagCborWriter writer, in MstEntry entry, ReadOnlySpan<byte> previous)
    {
        var shared = MstKey.SharedPrefixLength(previous, entry.Key.Utf8);
        writer.WriteMapHeader(4);
        writer.WriteText("k"u8);
        writer.WriteBytes(entry.Key.Utf8[shared..]);
        writer.WriteText("p"u8);
        writer.WriteInteger(shared);
        writer.WriteText("t"u8);
        writer.WriteLinkOrNull(entry.Right?.Cid);
        writer.WriteText("v"u8);
        writer.WriteLink(entry.Value);
    }

    /// <summary>How many entries follow: no more than the block has room for, so that a forged count reserves little.</summary>
    private static int ReadHeader(ref DagCborReader reader, int blockLength)
    {
        if (reader.ReadMapHeader() != 2) throw new DataModelException("A tree node has two fields");
        reader.ExpectKey("e"u8);
        var entries = reader.ReadArrayHeader();
        return entries <= blockLength / LeastEntry ? entries : throw new DataModelException("The data ends too soon");
    }

    /// <summary>Reads an entry; <paramref name="key"/> is the one before it and becomes its own.</summary>
    private static void ReadEntry(ref DagCborReader reader, ref ReadOnlySpan<byte> key, out byte[] utf8, out Cid value, out Cid? right)
    {
        if (reader.ReadMapHeader() != 4) throw new DataModelException("A tree entry has four fields");
        reader.ExpectKey("k"u8);
        var suffix = reader.ReadBytes();
        reader.ExpectKey("p"u8);
        var shared = reader.ReadInteger();
        if (shared < 0 || shared > key.Length || shared + suffix.Length > MstKey.MaxLength) throw new DataModelException("Invalid prefix length of a tree key");

        utf8 = new byte[(int)shared + suffix.Length];
        key[..(int)shared].CopyTo(utf8);
        suffix.CopyTo(utf8.AsSpan((int)shared));
        if (MstKey.SharedPrefixLength(key, utf8) != shared) throw new DataModelException("A tree key shares more with the one before it than it says");
        if (!MstKey.IsValid(utf8)) throw new DataModelException("Invalid tree key");
        key = utf8;

        reader.ExpectKey("t"u8);
        right = ReadLinkOrNull(ref reader);
        reader.ExpectKey("v"u8);
        value = reader.ReadLink();
    }

    private static Cid? ReadLeft(ref DagCborReader reader)
    {
        reader.ExpectKey("l"u8);
        var left = ReadLinkOrNull(ref reader);
        reader.EnsureEnd();
        return left;
    }

    private static Cid? ReadLinkOrNull(ref DagCborReader reader)
    {
        if (reader.TryReadNull()) return null;
        var link = reader.ReadLink();
        return link.Codec == CidCodec.DagCbor ? link : throw new DataModelException("A tree links to DAG-CBOR blocks only");
    }
}
