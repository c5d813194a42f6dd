using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account reset-password</c></summary>
public sealed class AccountResetPasswordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Sets_a_password_that_it_makes_up_and_ends_every_session()
    {
        var alice = await pds.SignUpAsync();

        var run = (await CliRun.OnAsync(pds, "account", "reset-password", alice.Handle)).Done();

        await IsNowAsync(alice, Assert.Single(run.Lines).Split(' ')[^1]);
        Assert.StartsWith($"New password of {alice.Did}: ", run.Output);
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();

        var answer = (await CliRun.OnAsync(pds, "account", "reset-password", alice.Did.Value, "--json")).Done().Json;

        Assert.Equal(alice.Did.Value, answer.GetProperty("did").GetString());
        await IsNowAsync(alice, answer.GetProperty("password").GetString()!);
    }

    [Fact]
    public async Task A_password_that_is_piped_in_is_used_and_not_shown()
    {
        var alice = await pds.SignUpAsync();

        var run = (await CliRun.PipingAsync(pds, "another of mine\n", "account", "reset-password", alice.Handle, "--password-stdin")).Done();

        Assert.Equal([$"{alice.Did} has the new password"], run.Lines);
        await IsNowAsync(alice, "another of mine");
    }

    private async Task IsNowAsync(Actor actor, string password)
    {
        (await actor.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = actor.Handle, password = actor.Password })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = actor.Handle, password })).Ok();
    }
}
