using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetRepoTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Sends_the_commit_first_then_the_tree_from_the_top_with_its_records_in_between()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(300);
        var repo = await alice.ExportAsync();

        var car = CarReader.Read(await CarAsync(alice));

        Assert.Equal([repo.Commit.Cid], car.Header.Roots);
        Cid[] expected = [repo.Commit.Cid, .. PreOrder(repo.Commit.Data, repo.Blocks)];
        Assert.True(expected.Length > 301 + 20, "The tree is too small to have an order");
        Assert.Equal(expected, car.Blocks.Select(block => block.Cid));
    }

    [Fact]
    public async Task Sends_an_empty_repo_as_a_commit_and_one_node()
    {
        var alice = await pds.SignUpAsync();

        var car = CarReader.Read(await CarAsync(alice));

        var repo = await alice.ExportAsync();
        Assert.Empty(repo.Records);
        Assert.Equal([repo.Commit.Cid, MstTree.Empty.RootCid], car.Blocks.Select(block => block.Cid));
    }

    [Fact]
    public async Task Since_a_rev_sends_what_it_takes_to_catch_up_and_no_older_record()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(200);
        var old = await alice.ExportAsync();
        await alice.FillAsync(3, from: 200);
        (await alice.DeleteRecordAsync(Filling.Collection, "item-7")).Ok();
        var present = await alice.ExportAsync();

        var car = CarReader.Read(await CarAsync(alice, old.Commit.Rev.ToString()));

        Assert.Equal(present.Commit.Cid, car.Header.Root);
        Assert.Equal(present.Commit.Cid, car.Blocks[0].Cid);
        Assert.Empty(car.Blocks.Select(block => block.Cid).Intersect(old.Records.Values));
        Assert.True(car.Blocks.Count < 30, $"{car.Blocks.Count} blocks for four records");
        var caughtUp = new BlockSet([.. old.Blocks, .. car.Blocks]);
        Assert.Equal(present.Records.Values, MstTree.Load(present.Commit.Data, caughtUp).Walk().Select(leaf => leaf.Value));
        Assert.All(present.Records.Values, record => Assert.True(caughtUp.Contains(record)));
    }

    [Fact]
    public async Task Since_the_present_rev_sends_the_commit_alone()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(3);
        var (commit, rev) = await alice.GetLatestCommitAsync();

        var car = CarReader.Read(await CarAsync(alice, rev.ToString()));

        Assert.Equal([commit], car.Blocks.Select(block => block.Cid));
    }

    [Fact]
    public async Task Since_before_the_first_commit_sends_everything()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(50);

        var car = CarReader.Read(await CarAsync(alice, "2222222222222"));

        var repo = await alice.ExportAsync();
        Assert.Equal(repo.Blocks.Select(block => block.Cid).ToHashSet(), car.Blocks.Select(block => block.Cid).ToHashSet());
    }

    [Fact]
    public async Task Refuses_a_since_that_is_no_rev()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value, since = "yesterday" });

        Assert.StartsWith("Invalid com.atproto.sync.getRepo params", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_of_one_moment_while_records_are_written_and_deleted()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(100);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await alice.FillAsync(1, from: 1000 + i);
                (await alice.DeleteRecordAsync(Filling.Collection, $"item-{i}")).Ok();
            }
        });

        var exports = 0;
        for (; !writing.IsCompleted || exports == 0; exports++) await alice.ExportAsync(); // checks itself

        await writing;
        Assert.Equal(100, (await alice.ExportAsync()).Records.Count);
    }

    private async Task<byte[]> CarAsync(Actor actor, string? since = null)
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = actor.Did.Value, since });
        answer.OkCar();
        return answer.Body;
    }

    /// <summary>The order of the specification, by nothing but the nodes' fields.</summary>
    private static List<Cid> PreOrder(Cid cid, BlockSet blocks)
    {
        Assert.True(blocks.TryGet(cid, out var block));
        var node = DagCborReader.DecodeObject(block.Span);
        var order = new List<Cid> { cid };
        if (node["l"] is LexLink left) order.AddRange(PreOrder(left.Value, blocks));
        foreach (var entry in ((LexArray)node["e"]!).Items.Cast<LexObject>())
        {
            order.Add(((LexLink)entry["v"]!).Value);
            if (entry["t"] is LexLink right) order.AddRange(PreOrder(right.Value, blocks));
        }

        return order;
    }
}
