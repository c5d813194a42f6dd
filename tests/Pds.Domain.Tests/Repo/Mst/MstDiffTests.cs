using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo.Mst;

public sealed class MstDiffTests
{
    [Fact]
    public void Tells_the_changes_between_any_two_trees() =>
        Gen.Select(Trees.Content, Trees.Content).Sample((before, after) => Check(before, after));

    [Fact]
    public void Tells_the_changes_of_a_few_writes() =>
        Gen.Select(Trees.Content, Trees.Writes).Sample((before, writes) => Check(before, Trees.Apply(before, writes)));

    [Fact]
    public void Applied_to_the_one_tree_it_gives_the_other() =>
        Gen.Select(Trees.Content, Trees.Content).Sample((before, after) =>
        {
            var diff = MstDiff.Between(Trees.Stored(before, out _), Trees.Stored(after, out _));

            var applied = Trees.Apply(Trees.Build(before), diff.Select(change => (change.Key, change.Value)));

            Assert.Equal(Trees.Build(after).RootCid, applied.RootCid);
        });

    private static void Check(Dictionary<MstKey, Cid> before, Dictionary<MstKey, Cid> after) => Assert.Equal(
        Trees.Changes(before, after).OrderBy(change => change.Key), MstDiff.Between(Trees.Stored(before, out _), Trees.Stored(after, out _)));
}
