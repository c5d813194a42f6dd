using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account deactivate</c> and <c>account activate</c></summary>
public sealed class AccountDeactivateTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_handle_and_by_did(bool byDid)
    {
        var alice = await pds.SignUpAsync();
        var account = byDid ? alice.Did.Value : alice.Handle;

        Assert.Equal([$"{alice.Did} is deactivated"], (await CliRun.OnAsync(pds, "account", "deactivate", account)).Done().Lines);
        Assert.Equal("deactivated", await StatusAsync(alice));

        Assert.Equal([$"{alice.Did} is not deactivated"], (await CliRun.OnAsync(pds, "account", "activate", account)).Done().Lines);
        Assert.Equal("active", await StatusAsync(alice));
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();

        foreach (var verb in new[] { "deactivate", "activate" })
        {
            var answer = (await CliRun.OnAsync(pds, "account", verb, alice.Handle, "--json")).Done().Json;
            Assert.Equal(alice.Did.Value, answer.GetProperty("subject").GetProperty("did").GetString());
        }
    }

    [Fact]
    public async Task Its_owner_may_switch_it_on_too()
    {
        var alice = await pds.SignUpAsync();
        (await CliRun.OnAsync(pds, "account", "deactivate", alice.Handle)).Done();

        (await alice.PostAsync("com.atproto.server.activateAccount")).Ok();

        Assert.Equal("active", await StatusAsync(alice));
    }

    [Theory]
    [InlineData("deactivate")]
    [InlineData("activate")]
    public async Task Refuses_whom_this_server_does_not_have(string verb) =>
        (await CliRun.OnAsync(pds, "account", verb, "nobody.test")).Refused(ExitCode.Refused, "Account does not exist: nobody.test");

    private async Task<string> StatusAsync(Actor actor)
    {
        var repo = (await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = actor.Did.Value })).Ok();
        return repo.GetProperty("active").GetBoolean() ? "active" : repo.GetProperty("status").GetString()!;
    }
}
