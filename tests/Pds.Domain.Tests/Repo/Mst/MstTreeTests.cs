using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo.Mst;

public sealed class MstTreeTests
{
    [Fact]
    public void Holds_what_a_sorted_dictionary_holds_after_any_writes() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var expected = new SortedDictionary<MstKey, Cid>(content);
            var tree = Trees.Stored(content, out _);
            foreach (var (key, value) in writes)
            {
                Cid? previous;
                tree = value is { } cid ? tree.Put(key, cid, out previous) : tree.Remove(key, out previous);
                Assert.Equal(expected.TryGetValue(key, out var was) ? was : null, previous);
                if (value is { } set) expected[key] = set;
                else expected.Remove(key);
                Assert.Equal(value, tree.Get(key));
            }

            Assert.Equal(expected.Select(pair => new MstLeaf(pair.Key, pair.Value)), tree.Walk());
            Assert.All(expected, pair => Assert.Equal(pair.Value, tree.Get(pair.Key)));
        });

    [Fact]
    public void Has_the_root_of_a_tree_built_from_scratch_after_any_writes() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var changed = Trees.Apply(Trees.Stored(content, out _), writes);

            var fresh = Trees.Build(Trees.Apply(content, writes).OrderBy(pair => pair.Key));
            Assert.Equal(fresh.RootCid, changed.RootCid);
        });

    [Fact]
    public void Has_one_root_whatever_the_order_of_insertion() =>
        Gen.Select(Trees.Content, Gen.Int).Sample((content, seed) =>
        {
            var shuffled = content.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(Trees.Build(content).RootCid, Trees.Build(shuffled).RootCid);
        });

    [Fact]
    public void Is_what_it_was_after_a_key_is_put_in_and_taken_out() =>
        Gen.Select(Trees.Content, Trees.Key, Trees.Value).Where((content, key, _) => !content.ContainsKey(key)).Sample((content, key, value) =>
        {
            var tree = Trees.Stored(content, out _);

            var undone = tree.Put(key, value, out _).Remove(key, out _);

            Assert.Equal(tree.RootCid, undone.RootCid);
            Assert.Empty(undone.NodeChanges().Added);
            Assert.Empty(undone.NodeChanges().Removed);
        });

    [Fact]
    public void Tells_new_and_removed_nodes_exactly() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var changed = Trees.Apply(Trees.Stored(content, out var before), writes);
            var after = Trees.Nodes(changed);

            var changes = changed.NodeChanges();

            Assert.Equal(after.Where(block => !before.Contains(block.Cid)).Select(Hashed).Order(), changes.Added.Select(Hashed).Order());
            Assert.Equal(before.Select(block => block.Cid).Where(cid => !after.Contains(cid)).Order(), changes.Removed.Order());
        });

    [Fact]
    public void Leaves_the_tree_it_came_from_as_it_was() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var tree = Trees.Stored(content, out _);
            var root = tree.RootCid;

            Trees.Apply(tree, writes);

            Assert.Equal(root, tree.RootCid);
            Assert.Equal(content.OrderBy(pair => pair.Key).Select(pair => new MstLeaf(pair.Key, pair.Value)), tree.Walk());
        });

    [Fact]
    public void Asks_for_each_missing_node_and_goes_on_once_it_is_there() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            Trees.Stored(content, out var storage);
            var expected = Trees.Apply(MstTree.Load(Trees.Build(content).RootCid, storage), writes).RootCid;
            var fetched = new BlockSet();
            var tree = MstTree.Load(Trees.Build(content).RootCid, fetched);

            for (var attempts = 0; ; attempts++)
            {
                try
                {
                    Assert.Equal(expected, Trees.Apply(tree, writes).RootCid);
                    break;
                }
                catch (MissingBlockException missing) when (attempts < 500)
                {
                    Assert.True(storage.TryGet(missing.Cid, out var block));
                    Assert.False(fetched.Contains(missing.Cid));
                    fetched.Add(new Block(missing.Cid, block));
                }
            }
        });

    [Fact]
    public void Walks_from_a_key_on() =>
        Gen.Select(Trees.Content, Trees.Key).Sample((content, from) =>
        {
            var tree = Trees.Stored(content, out _);

            Assert.Equal(content.Keys.Where(key => key >= from).Order(), tree.Walk(from).Select(leaf => leaf.Key));
        });

    [Fact]
    public void An_empty_tree_counts_as_new_until_it_is_stored()
    {
        var stored = MstTree.Load(MstTree.Empty.RootCid, Trees.Nodes(MstTree.Empty));

        Assert.Equal(MstTree.Empty.RootCid, Assert.Single(MstTree.Empty.NodeChanges().Added).Cid);
        Assert.Empty(stored.NodeChanges().Added);
        Assert.Empty(stored.Walk());
    }

    private static Cid Hashed(Block block) => Cid.Of(CidCodec.DagCbor, block.Bytes.Span) == block.Cid ? block.Cid : throw new InvalidOperationException("wrong hash");
}
