using Pds.Domain.Repo.Car;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetBlocksTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Absent = "bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";
    private const string AbsentToo = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    [Fact]
    public async Task Sends_commit_nodes_and_records_and_nothing_else()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(60);
        var repo = await alice.ExportAsync();
        var asked = repo.Blocks.Select(block => block.Cid).Where((_, i) => i % 2 == 0).ToList(); // the commit among them

        var answer = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids = asked });

        answer.OkCar();
        Assert.True(asked.Count > 30);
        Assert.Equal(asked.ToHashSet(), CarReader.Read(answer.Body).Blocks.Select(block => block.Cid).ToHashSet());
    }

    [Fact]
    public async Task Names_every_block_that_is_missing()
    {
        var alice = await pds.SignUpAsync();
        var (commit, _) = await alice.GetLatestCommitAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids = new[] { Absent, commit.ToString(), AbsentToo } });

        Assert.Equal($"Could not find cids: {Absent},{AbsentToo}", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Does_not_find_the_blocks_of_another_repo()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (commit, _) = await bob.GetLatestCommitAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids = commit.ToString() });

        Assert.Equal($"Could not find cids: {commit}", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-a-cid")]
    public async Task Refuses_cids_that_are_none(string? cids)
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids });

        Assert.StartsWith("Invalid com.atproto.sync.getBlocks params", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }
}
