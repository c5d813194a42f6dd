using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo.Mst;

public sealed class MstProofTests
{
    [Fact]
    public void The_path_alone_answers_for_its_key_present_or_absent() =>
        Gen.Select(Trees.Content, Trees.Key).Sample((content, key) =>
        {
            var tree = Trees.Stored(content, out _);
            var proof = new BlockSet();

            MstProof.Path(tree, key, proof);

            Assert.Equal(tree.RootCid, proof.First().Cid);
            Assert.Equal(content.TryGetValue(key, out var value) ? value : null, MstTree.Load(tree.RootCid, proof).Get(key));
        });

    [Fact]
    public void Every_node_of_the_path_is_needed() =>
        Gen.Select(Trees.Content, Trees.Key).Sample((content, key) =>
        {
            var tree = Trees.Stored(content, out _);
            var proof = new BlockSet();
            MstProof.Path(tree, key, proof);

            foreach (var block in proof)
            {
                var partial = new BlockSet(proof);
                partial.Remove(block.Cid);
                Assert.Throws<MissingBlockException>(() => MstTree.Load(tree.RootCid, partial).Get(key));
            }
        });

    [Fact]
    public void Covering_proofs_alone_undo_a_commit_in_any_order() =>
        Gen.Select(Trees.Content, Trees.Writes, Gen.Int).Sample((before, writes, seed) =>
        {
            var after = Trees.Apply(before, writes);
            var tree = Trees.Stored(after, out _);
            var changes = Trees.Changes(before, after);
            var proof = new BlockSet(Trees.Nodes(tree).Take(1));
            foreach (var change in changes)
            {
                if (change is { Value: not null, Previous: not null }) MstProof.Path(tree, change.Key, proof);
                else MstProof.Covering(tree, change.Key, proof);
            }

            new Random(seed).Shuffle(changes);

            Assert.Equal(Trees.Build(before).RootCid, MstInvert.Undo(tree.RootCid, proof, changes));
        }, iter: 1000);

    [Fact]
    public void Refuses_to_undo_what_the_tree_does_not_show()
    {
        var (one, two, key) = (Trees.Record(1).Cid, Trees.Record(2).Cid, MstKey.Parse("com.example.a/1"));
        var tree = MstTree.Empty.Put(key, one, out _);
        var nodes = Trees.Nodes(tree);

        Assert.Throws<DataModelException>(() => MstInvert.Undo(tree.RootCid, nodes, [new MstChange(key, two, null)]));
        Assert.Throws<DataModelException>(() => MstInvert.Undo(tree.RootCid, nodes, [new MstChange(key, null, one)]));
        Assert.Throws<DataModelException>(() => MstInvert.Undo(tree.RootCid, nodes, [new MstChange(key, one, one)]));
        Assert.Throws<DataModelException>(() => MstInvert.Undo(tree.RootCid, nodes, [new MstChange(MstKey.Parse("com.example.a/2"), one, null)]));
    }
}
