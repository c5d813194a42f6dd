using CsCheck;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo.Mst;

public sealed class MstPrefetchTests
{
    [Fact]
    public void Brings_all_that_a_batch_of_writes_looks_at_in_one_step_a_layer() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((content, writes) =>
        {
            var expected = Trees.Apply(Trees.Stored(content, out var storage), writes).RootCid;
            var root = Trees.Build(content).RootCid;
            var height = content.Keys.Select(key => key.Depth).DefaultIfEmpty(0).Max() + 1;
            var prefetch = new MstPrefetch(root, [.. writes.Select(write => write.Key)]);

            var steps = 0;
            for (; prefetch.Wanted.Count > 0; steps++) prefetch.Supply(storage);
            var diff = RepoDiff.Of(MstTree.Load(root, prefetch.Blocks), [.. writes.Select(Trees.Write)]);

            Assert.Equal(expected, diff.Tree.RootCid);
            Assert.InRange(steps, 1, height);
        }, iter: 500);

    [Fact]
    public void Names_the_node_that_was_not_brought()
    {
        var root = MstTree.Empty.RootCid;

        var missing = Assert.Throws<MissingBlockException>(() => new MstPrefetch(root, []).Supply(new BlockSet()));

        Assert.Equal(root, missing.Cid);
    }
}
