using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetLatestCommitTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Names_the_commit_that_the_last_write_answered_with()
    {
        var alice = await pds.SignUpAsync();
        var written = (await alice.CreateRecordAsync(Records.Post())).Ok().GetProperty("commit");

        var latest = (await pds.Anyone.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value })).Ok();

        Assert.Equal(written.GetProperty("cid").GetString(), latest.GetProperty("cid").GetString());
        Assert.Equal(written.GetProperty("rev").GetString(), latest.GetProperty("rev").GetString());
        Assert.Equal(2, latest.EnumerateObject().Count());
    }
}
