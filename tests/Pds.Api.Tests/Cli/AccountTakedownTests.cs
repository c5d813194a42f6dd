using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account takedown</c> and <c>account untakedown</c></summary>
public sealed class AccountTakedownTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_handle_and_by_did(bool byDid)
    {
        var alice = await pds.SignUpAsync();
        var account = byDid ? alice.Did.Value : alice.Handle;

        Assert.Equal([$"{alice.Did} is taken down"], (await CliRun.OnAsync(pds, "account", "takedown", account)).Done().Lines);
        Assert.Equal("takendown", await StatusAsync(alice));

        Assert.Equal([$"{alice.Did} is not taken down"], (await CliRun.OnAsync(pds, "account", "untakedown", account)).Done().Lines);
        Assert.Equal("active", await StatusAsync(alice));
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();

        foreach (var verb in new[] { "takedown", "untakedown" })
        {
            var answer = (await CliRun.OnAsync(pds, "account", verb, alice.Handle, "--json")).Done().Json;
            Assert.Equal(alice.Did.Value, answer.GetProperty("subject").GetProperty("did").GetString());
        }
    }

    [Fact]
    public async Task Is_filed_under_a_reference_and_ends_the_sessions()
    {
        var alice = await pds.SignUpAsync();

        (await CliRun.OnAsync(pds, "account", "takedown", alice.Handle, "--ref", "report 17")).Done();

        var status = (await pds.Admin.GetAsync("com.atproto.admin.getSubjectStatus", new { did = alice.Did.Value })).Ok().GetProperty("takedown");
        Assert.Equal("True report 17", $"{status.GetProperty("applied")} {status.GetProperty("ref")}");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(401, "AccountTakedown");
        Assert.Contains("Taken down        report 17", (await CliRun.OnAsync(pds, "account", "show", alice.Handle)).Done().Lines);
    }

    [Theory]
    [InlineData("takedown")]
    [InlineData("untakedown")]
    public async Task Refuses_whom_this_server_does_not_have(string verb) =>
        (await CliRun.OnAsync(pds, "account", verb, "nobody.test")).Refused(ExitCode.Refused, "Account does not exist: nobody.test");

    private async Task<string> StatusAsync(Actor actor)
    {
        var repo = (await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = actor.Did.Value })).Ok();
        return repo.GetProperty("active").GetBoolean() ? "active" : repo.GetProperty("status").GetString()!;
    }
}
