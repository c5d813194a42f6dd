using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account delete</c></summary>
public sealed class AccountDeleteTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Deletes_without_asking_where_it_is_told_to()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal([$"{alice.Did} is deleted"], (await CliRun.OnAsync(pds, "account", "delete", alice.Handle, "--yes")).Done().Lines);

        Assert.False(await IsHereAsync(alice));
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(alice.Did.Value, (await CliRun.OnAsync(pds, "account", "delete", alice.Did.Value, "--yes", "--json")).Done().Json.GetProperty("did").GetString());

        Assert.False(await IsHereAsync(alice));
    }

    [Fact]
    public async Task Asks_for_the_handle()
    {
        var alice = await pds.SignUpAsync();

        var run = (await CliRun.TypingAsync(pds, $"{alice.Handle}\n", "account", "delete", alice.Did.Value)).Done();

        Assert.Equal($"This deletes {alice.Handle} ({alice.Did}) and all its data, for good. Type the handle to confirm: ", run.Errors);
        Assert.False(await IsHereAsync(alice));
    }

    [Theory]
    [InlineData("y\n")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task Deletes_nothing_where_something_else_is_typed(string typed)
    {
        var alice = await pds.SignUpAsync();

        (await CliRun.TypingAsync(pds, typed, "account", "delete", alice.Handle)).Refused(ExitCode.Usage, "");

        Assert.True(await IsHereAsync(alice));
    }

    [Fact]
    public async Task Deletes_nothing_where_nobody_can_be_asked()
    {
        var alice = await pds.SignUpAsync();

        (await CliRun.PipingAsync(pds, $"{alice.Handle}\n", "account", "delete", alice.Handle)).Refused(ExitCode.Usage, "confirm it with --yes");

        Assert.True(await IsHereAsync(alice));
    }

    [Fact]
    public async Task Reaches_accounts_that_are_out_of_sight()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await CliRun.OnAsync(pds, "account", "delete", alice.Handle, "--yes")).Done();

        Assert.False(await IsHereAsync(alice));
    }

    private async Task<bool> IsHereAsync(Actor actor) => (await pds.Admin.GetAsync("com.atproto.admin.getAccountInfo", new { did = actor.Did.Value })).Error is null;
}
