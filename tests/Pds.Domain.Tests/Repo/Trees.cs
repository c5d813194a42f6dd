using System.Text;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo;

/// <summary>Random trees and changes. Keys come from a small pool with many depths, so that changes meet.</summary>
internal static class Trees
{
    private static readonly MstKey[] Pool = [.. Deep(0, 130), .. Deep(1, 50), .. Deep(2, 30), .. Deep(3, 12), .. Deep(4, 6), .. Deep(5, 2)];

    public static Gen<MstKey> Key { get; } = Gen.Int[0, Pool.Length - 1].Select(i => Pool[i]);

    public static Gen<Cid> Value { get; } = Gen.Int[0, 3].Select(Record).Select(block => block.Cid);

    /// <summary>Few keys and many, so that empty trees, tall trees and bushes all occur.</summary>
    public static Gen<Dictionary<MstKey, Cid>> Content { get; } =
        Gen.OneOf(Pairs(4), Pairs(40), Pairs(200)).Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    /// <summary>A value sets the key, null removes it.</summary>
    public static Gen<(MstKey Key, Cid? Value)[]> Writes { get; } =
        Gen.Select(Key, Gen.Bool, Value, (key, put, value) => (key, put ? value : (Cid?)null)).Array[0, 12];

    public static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexInteger(number)));

    public static RecordWrite Write((MstKey Key, Cid? Value) write)
    {
        Block? record = write.Value is { } cid ? Enumerable.Range(0, 4).Select(Record).First(block => block.Cid == cid) : null;
        return new RecordWrite(RecordPath.Of(write.Key), record);
    }

    public static MstTree Build(IEnumerable<KeyValuePair<MstKey, Cid>> content) =>
        content.Aggregate(MstTree.Empty, (tree, pair) => tree.Put(pair.Key, pair.Value, out _));

    /// <summary>The tree as storage would have it: every node in the set, none loaded.</summary>
    public static MstTree Stored(IEnumerable<KeyValuePair<MstKey, Cid>> content, out BlockSet nodes)
    {
        var tree = Build(content);
        nodes = Nodes(tree);
        return MstTree.Load(tree.RootCid, nodes);
    }

    public static MstTree Apply(MstTree tree, IEnumerable<(MstKey Key, Cid? Value)> writes) =>
        writes.Aggregate(tree, (tree, write) => write.Value is { } value ? tree.Put(write.Key, value, out _) : tree.Remove(write.Key, out _));

    public static Dictionary<MstKey, Cid> Apply(Dictionary<MstKey, Cid> content, IEnumerable<(MstKey Key, Cid? Value)> writes)
    {
        var copy = new Dictionary<MstKey, Cid>(content);
        foreach (var (key, value) in writes)
        {
            if (value is { } cid) copy[key] = cid;
            else copy.Remove(key);
        }

        return copy;
    }

    /// <summary>The net changes between two contents, in no particular order.</summary>
    public static MstChange[] Changes(Dictionary<MstKey, Cid> before, Dictionary<MstKey, Cid> after) =>
    [
        .. before.Keys.Union(after.Keys)
            .Select(key => new MstChange(key, after.TryGetValue(key, out var to) ? to : null, before.TryGetValue(key, out var from) ? from : null))
            .Where(change => change.Value != change.Previous),
    ];

    /// <summary>All nodes of a tree, found by the plainest walk there is.</summary>
    public static BlockSet Nodes(MstTree tree)
    {
        var nodes = new BlockSet();
        Collect(tree.Root, null);
        return nodes;

        void Collect(MstLink link, int? layer)
        {
            nodes.Add(link.Block(tree.Source));
            var node = link.Glance(tree.Source, layer);
            for (var i = 0; i <= node.Entries.Length; i++)
            {
                if (node.Gap(i) is { } gap) Collect(gap, node.Layer - 1);
            }
        }
    }

    private static IEnumerable<MstKey> Deep(int depth, int count) =>
        Enumerable.Range(0, int.MaxValue).Select(i => $"com.example.{(char)('a' + (i % 3))}/{i}")
            .Where(text => MstKey.DepthOf(Encoding.ASCII.GetBytes(text)) == depth).Take(count).Select(MstKey.Parse);

    private static Gen<(MstKey, Cid)[]> Pairs(int most) => Gen.Select(Key, Value).Array[0, most];
}
