using Pds.TestKit;

namespace Pds.Api.Tests.Sync.Deprecated;

public sealed class GetHeadTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Names_the_newest_commit_and_nothing_else()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        var (commit, _) = await alice.GetLatestCommitAsync();

        var head = await pds.Anyone.GetAsync("com.atproto.sync.getHead", new { did = alice.Did.Value });

        Assert.Equal($$"""{"root":"{{commit}}"}""", head.Text);
    }
}
