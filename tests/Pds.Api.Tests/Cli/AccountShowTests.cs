using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account show</c></summary>
public sealed class AccountShowTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Shows_an_account_by_handle_or_did()
    {
        var alice = await pds.SignUpAsync();

        foreach (var account in new[] { alice.Handle, alice.Handle.ToUpperInvariant(), alice.Did.Value })
        {
            var lines = (await CliRun.OnAsync(pds, "account", "show", account)).Done().Lines;
            foreach (var expected in new[] { $"Handle            {alice.Handle}", $"DID               {alice.Did}", $"E-mail            {alice.Email}", "Status            active" })
                Assert.Contains(expected, lines);
        }
    }

    [Fact]
    public async Task Knows_accounts_that_are_out_of_sight()
    {
        var (off, down) = (await pds.SignUpAsync("off"), await pds.SignUpAsync("down"));
        await pds.DeactivateAsync(off.Did);
        await pds.TakeDownAsync(down.Did);

        Assert.Contains("Status            deactivated", (await CliRun.OnAsync(pds, "account", "show", off.Handle)).Done().Lines);
        Assert.Contains("Status            takendown", (await CliRun.OnAsync(pds, "account", "show", down.Handle)).Done().Lines);
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();

        var shown = (await CliRun.OnAsync(pds, "account", "show", alice.Handle, "--json")).Done().Json;

        Assert.Equal(alice.Email, shown.GetProperty("info").GetProperty("email").GetString());
        Assert.False(shown.GetProperty("status").GetProperty("takedown").GetProperty("applied").GetBoolean());
        Assert.True(shown.GetProperty("repo").GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("nobody.test", "Account does not exist: nobody.test")]
    [InlineData("somebody.example.com", "Account does not exist: somebody.example.com")]
    [InlineData("did:web:somebody.example.com", "Account not found")]
    public async Task Refuses_whom_this_server_does_not_have(string account, string why) =>
        (await CliRun.OnAsync(pds, "account", "show", account)).Refused(ExitCode.Refused, why);
}
