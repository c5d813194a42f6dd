using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account remove-factors</c></summary>
public sealed class AccountRemoveFactorsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Says_what_it_has_removed()
    {
        var alice = await pds.SignUpAsync();
        await pds.UseMailFactorAsync(alice);
        await pds.SetUpTotpAsync(alice, TimeProvider.System.GetUtcNow());

        var lines = (await CliRun.OnAsync(pds, "account", "remove-factors", alice.Handle)).Done().Lines;

        Assert.Equal([$"Removed from {alice.Did}: the authenticator app and codes by mail"], lines);
        (await pds.SignInAsync(alice, alice.Password)).Ok();
    }

    [Fact]
    public async Task Says_that_there_was_none()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal([$"{alice.Did} had no second factor"], (await CliRun.OnAsync(pds, "account", "remove-factors", alice.Did.Value)).Done().Lines);
        Assert.False((await CliRun.OnAsync(pds, "account", "remove-factors", alice.Did.Value, "--json")).Done().Json.GetProperty("email").GetBoolean());
    }
}
