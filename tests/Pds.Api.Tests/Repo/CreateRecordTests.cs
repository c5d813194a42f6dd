using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class CreateRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Answers_with_the_cid_that_getRecord_then_returns()
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(Records.Post())).Ok();
        var fetched = (await alice.GetRecordAsync("app.bsky.feed.post", Records.RkeyOf(created.GetProperty("uri").GetString()!))).Ok();

        Assert.Equal(created.GetProperty("cid").GetString(), fetched.GetProperty("cid").GetString());
        Assert.NotEqual(created.GetProperty("cid").GetString(), created.GetProperty("commit").GetProperty("cid").GetString()); // easily swapped
        Assert.Equal("valid", created.GetProperty("validationStatus").GetString());
    }

    [Fact]
    public async Task Refuses_a_stale_swapCommit_and_leaves_the_repo_as_it_was()
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        (await alice.CreateRecordAsync(Records.Post("first"))).Ok();
        var after = await alice.GetLatestCommitAsync();

        var refusal = await alice.CreateRecordAsync(Records.Post("second"), swapCommit: before.Cid);

        refusal.Refused(400, "InvalidSwap");
        Assert.Equal($"Commit was at {after.Cid}", refusal.Message);
        Assert.Equal(after, await alice.GetLatestCommitAsync());
        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task Tells_the_firehose_with_all_that_it_takes_to_undo_it()
    {
        var alice = await pds.SignUpAsync();
        var before = (await alice.ExportAsync()).Commit;
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var created = (await alice.CreateRecordAsync(Records.Post())).Ok();

        var frame = await firehose.NextAsync();
        Assert.Equal("#commit", frame.Type);
        Assert.Equal(alice.Did.Value, frame.Body.Text("repo"));
        Assert.Equal(created.GetProperty("commit").GetProperty("rev").GetString(), frame.Body.Text("rev"));
        Assert.Equal(before.Rev.ToString(), frame.Body.Text("since"));
        Assert.Equal(new LexLink(before.Data), frame.Body["prevData"]);
    }
}
