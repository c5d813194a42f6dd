using Microsoft.Extensions.DependencyInjection;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Proves_that_a_record_is_there_with_the_path_to_it_alone()
    {
        var alice = await pds.SignUpAsync();
        var paths = await alice.FillAsync(300);
        var repo = await alice.ExportAsync();

        foreach (var path in paths.Where((_, i) => i % 43 == 0))
        {
            var (commit, blocks) = await ProofAsync(alice, path);

            var record = MstTree.Load(commit.Data, blocks).Get(path.Key);
            Assert.Equal(repo.Records[path.ToString()], record);
            Assert.True(blocks.Contains(record!.Value), "The record is missing");
            Assert.InRange(blocks.Count, 3, 10);
        }
    }

    [Theory]
    [InlineData("com.example.item/item-1000")]
    [InlineData("app.bsky.feed.post/first")]
    [InlineData("zz.example.item/last")]
    public async Task Proves_that_a_record_is_not_there(string path)
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(300);
        var key = RecordPath.Parse(path);

        var (commit, blocks) = await ProofAsync(alice, key);

        Assert.Null(MstTree.Load(commit.Data, blocks).Get(key.Key)); // would throw where a node on the way is missing
        Assert.InRange(blocks.Count, 2, 10);
    }

    [Fact]
    public async Task Proves_absence_in_an_empty_repo()
    {
        var alice = await pds.SignUpAsync();
        var path = RecordPath.Parse("app.bsky.feed.post/none");

        var (commit, blocks) = await ProofAsync(alice, path);

        Assert.Null(MstTree.Load(commit.Data, blocks).Get(path.Key));
        Assert.Equal([commit.Cid, MstTree.Empty.RootCid], blocks.Select(block => block.Cid));
    }

    [Theory]
    [InlineData("not an nsid", "one")]
    [InlineData("com.example.item", "..")]
    public async Task Refuses_what_cannot_be_a_path(string collection, string rkey)
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getRecord", new { did = alice.Did.Value, collection, rkey });

        Assert.StartsWith("Invalid com.atproto.sync.getRecord params", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    /// <summary>The commit, its signature checked, and nothing but the blocks that came.</summary>
    private async Task<(Commit Commit, BlockSet Blocks)> ProofAsync(Actor actor, RecordPath path)
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.sync.getRecord", new { did = actor.Did.Value, collection = path.Collection.Value, rkey = path.Rkey.Value });
        answer.OkCar();
        var car = CarReader.Read(answer.Body);
        var blocks = new BlockSet(car.Blocks);
        Assert.True(blocks.TryGet(car.Header.Root, out var block), "The commit is missing");
        var commit = Commit.Decode(block);
        Assert.Equal(actor.Did, commit.Did);
        Assert.True(commit.Verify(pds.Services.GetRequiredService<ISignatureVerifier>(), await KeyAsync(actor.Did)));
        return (commit, blocks);
    }

    private async Task<DidKey> KeyAsync(Did did) =>
        DidDocument.Parse((await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc/{did}"))).Body).SigningKey!;
}
