using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class DeleteRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";
    private const string SomeCid = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";

    [Fact]
    public async Task Removes_the_record_in_a_commit_that_can_be_undone()
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 20; i++) (await alice.CreateRecordAsync(new { i }, Collection, $"r{i}")).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        for (var i = 0; i < 20; i++)
        {
            var deleted = (await alice.DeleteRecordAsync(Collection, $"r{i}")).Ok();
            Assert.Equal((await alice.GetLatestCommitAsync()).Rev.ToString(), deleted.GetProperty("commit").GetProperty("rev").GetString());
        }

        follower.VerifyAll(await firehose.NextAsync(20, alice.Did.Value));
        Assert.Empty((await alice.ExportAsync()).Records);
        (await alice.GetRecordAsync(Collection, "r0")).Refused(400, "RecordNotFound");
    }

    [Fact]
    public async Task Answers_for_a_record_that_is_not_there_with_nothing_and_does_nothing_whatever_the_swaps_say()
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();

        Assert.Equal("{}", (await DeleteAsync(alice, "missing")).Text);
        Assert.Equal("{}", (await DeleteAsync(alice, "missing", swapRecord: SomeCid, swapCommit: SomeCid)).Text);

        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Fact]
    public async Task Goes_ahead_only_from_the_record_that_the_author_saw()
    {
        var alice = await pds.SignUpAsync();
        var cid = (await alice.CreateRecordAsync(new { }, Collection, "r")).Ok().GetProperty("cid").GetString();

        var refusal = await DeleteAsync(alice, "r", swapRecord: SomeCid);

        Assert.Equal($"Record was at {cid}", refusal.Refused(400, "InvalidSwap").Message);
        (await alice.GetRecordAsync(Collection, "r")).Ok();
        (await DeleteAsync(alice, "r", swapRecord: cid)).Ok();
        (await alice.GetRecordAsync(Collection, "r")).Refused(400, "RecordNotFound");
    }

    [Fact]
    public async Task Goes_ahead_only_from_the_commit_that_the_author_saw()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { }, Collection, "r")).Ok();
        var current = await alice.GetLatestCommitAsync();

        var refusal = await DeleteAsync(alice, "r", swapCommit: SomeCid);

        Assert.Equal($"Commit was at {current.Cid}", refusal.Refused(400, "InvalidSwap").Message);
        (await DeleteAsync(alice, "r", swapCommit: current.Cid.ToString())).Ok();
    }

    [Fact]
    public async Task Lets_the_same_key_be_created_again()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { n = 1 }, Collection, "r")).Ok();
        (await alice.DeleteRecordAsync(Collection, "r")).Ok();

        (await alice.CreateRecordAsync(new { n = 2 }, Collection, "r")).Ok();

        Assert.Equal(2, (await alice.GetRecordAsync(Collection, "r")).Ok().GetProperty("value").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Refuses_anothers_repo_and_one_that_is_not_here()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await bob.CreateRecordAsync(new { }, Collection, "r")).Ok();

        (await alice.PostAsync("com.atproto.repo.deleteRecord", new { repo = bob.Did.Value, collection = Collection, rkey = "r" })).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync("com.atproto.repo.deleteRecord", new { repo = "nobody.test", collection = Collection, rkey = "r" })).Refused(403, "AccountNotFound");
        (await pds.Anyone.PostAsync("com.atproto.repo.deleteRecord", new { repo = bob.Did.Value, collection = Collection, rkey = "r" })).Refused(401, "AuthMissing");

        (await bob.GetRecordAsync(Collection, "r")).Ok();
    }

    private static Task<XrpcAnswer> DeleteAsync(Actor actor, string rkey, string? swapRecord = null, string? swapCommit = null)
    {
        var body = new Dictionary<string, string> { ["repo"] = actor.Did.Value, ["collection"] = Collection, ["rkey"] = rkey };
        if (swapRecord is not null) body["swapRecord"] = swapRecord;
        if (swapCommit is not null) body["swapCommit"] = swapCommit;
        return actor.PostAsync("com.atproto.repo.deleteRecord", body);
    }
}
