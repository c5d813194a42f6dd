using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetRepoStatusTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task An_active_repo_has_a_rev_and_no_status()
    {
        var alice = await pds.SignUpAsync();
        var (_, rev) = await alice.GetLatestCommitAsync();

        Assert.Equal($$"""{"did":"{{alice.Did}}","active":true,"rev":"{{rev}}"}""", await StatusAsync(alice.Did.Value));
    }

    [Fact]
    public async Task A_deactivated_repo_has_a_status_and_no_rev()
    {
        var alice = await pds.SignUpAsync();

        await pds.DeactivateAsync(alice.Did);

        Assert.Equal($$"""{"did":"{{alice.Did}}","active":false,"status":"deactivated"}""", await StatusAsync(alice.Did.Value));
    }

    [Fact]
    public async Task A_repo_that_is_taken_down_says_so()
    {
        var alice = await pds.SignUpAsync();

        await pds.TakeDownAsync(alice.Did);

        Assert.Equal($$"""{"did":"{{alice.Did}}","active":false,"status":"takendown"}""", await StatusAsync(alice.Did.Value));
    }

    [Fact]
    public async Task Refuses_a_repo_that_is_not_here()
    {
        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" });

        Assert.Equal("Could not find repo for DID: did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", refusal.Refused(400, "RepoNotFound").Message);
    }

    private async Task<string> StatusAsync(string did)
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did });
        answer.Ok();
        return answer.Text;
    }
}
