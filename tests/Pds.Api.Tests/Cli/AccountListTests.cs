using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account list</c></summary>
public sealed class AccountListTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Lists_everybody_a_line_each_with_how_the_account_stands()
    {
        var (alice, off, down) = (await pds.SignUpAsync(), await pds.SignUpAsync("off"), await pds.SignUpAsync("down"));
        await pds.DeactivateAsync(off.Did);
        await pds.TakeDownAsync(down.Did);

        var lines = (await CliRun.OnAsync(pds, "account", "list")).Done().Lines;

        Assert.Equal(["Handle", "DID", "E-mail", "Confirmed", "Status", "Since"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var (actor, status) in new[] { (alice, "active"), (off, "deactivated"), (down, "takendown") })
        {
            var cells = lines.Single(line => line.Contains(actor.Did.Value)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal([actor.Handle, actor.Did.Value, actor.Email, status], cells[..4]);
        }
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var (alice, off) = (await pds.SignUpAsync(), await pds.SignUpAsync("off"));
        await pds.DeactivateAsync(off.Did);

        var accounts = (await CliRun.OnAsync(pds, "account", "list", "--json")).Done().Json.EnumerateArray().ToDictionary(account => account.GetProperty("did").GetString()!);

        Assert.Equal("active", accounts[alice.Did.Value].GetProperty("status").GetString());
        Assert.Equal("deactivated", accounts[off.Did.Value].GetProperty("status").GetString());
        Assert.Equal(alice.Email, accounts[alice.Did.Value].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Finds_those_whose_address_has_a_text_in_it()
    {
        var (alice, bob) = (await pds.SignUpAsync("findme"), await pds.SignUpAsync("bob"));

        var run = (await CliRun.OnAsync(pds, "account", "list", "--email", "FINDME")).Done();

        Assert.Contains(alice.Did.Value, run.Output);
        Assert.DoesNotContain(bob.Did.Value, run.Output);
        Assert.Single((await CliRun.OnAsync(pds, "account", "list", "--email", "nobody at all")).Done().Lines);
    }

    [Fact]
    public async Task Reads_page_after_page_and_nobody_twice()
    {
        var alice = await pds.SignUpAsync();
        await pds.RunAsync(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO account (did, handle, email, created_at, invites_disabled)
            SELECT printf('did:web:many%d.example.com', i), printf('many%d.test', i), printf('many%d@many.example', i), i, 0 FROM n
            """);

        var lines = (await CliRun.OnAsync(pds, "account", "list")).Done().Lines;

        Assert.Contains(lines, line => line.Contains(alice.Did.Value));
        Assert.Equal(2500, lines.Count(line => line.Contains("@many.example")));
        Assert.Equal(lines.Count, lines.Distinct().Count());
    }
}
