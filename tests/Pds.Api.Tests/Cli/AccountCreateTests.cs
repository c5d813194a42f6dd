using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account create</c></summary>
public sealed class AccountCreateTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Signs_somebody_up_with_a_password_that_it_makes_up_and_shows()
    {
        var run = (await CliRun.OnAsync(pds, "account", "create", "made.test", "made@example.com")).Done();

        Assert.Equal(["Account created", "Handle    made.test"], run.Lines.Take(2));
        var password = run.Lines.Single(line => line.StartsWith("Password", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains($"DID       {await SignInAsync("made.test", password)}", run.Lines);
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var account = (await CliRun.OnAsync(pds, "account", "create", "scripted.test", "scripted@example.com", "--json")).Done().Json;

        Assert.Equal(["did", "handle", "email", "password"], account.EnumerateObject().Select(field => field.Name));
        Assert.Equal(account.GetProperty("did").GetString(), await SignInAsync("scripted.test", account.GetProperty("password").GetString()!));
    }

    [Theory]
    [InlineData("piped.test")]
    [InlineData("pipedjson.test", "--json")]
    public async Task A_password_that_is_piped_in_is_used_and_not_shown(string name, params string[] options)
    {
        var run = (await CliRun.PipingAsync(pds, "a password of mine\n", ["account", "create", name, $"{name}@example.com", "--password-stdin", .. options])).Done();

        Assert.DoesNotContain("password", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(await SignInAsync(name, "a password of mine"), run.Output);
    }

    [Fact]
    public async Task Nothing_piped_in_is_no_password() =>
        (await CliRun.PipingAsync(pds, "", "account", "create", "none.test", "none@example.com", "--password-stdin")).Refused(ExitCode.Usage, "no password on the standard input");

    [Fact]
    public async Task Says_why_the_server_does_not_take_it()
    {
        var alice = await pds.SignUpAsync();

        (await CliRun.OnAsync(pds, "account", "create", alice.Handle, "other@example.com")).Refused(ExitCode.Refused, "InvalidRequest: Handle already taken");
        (await CliRun.OnAsync(pds, "account", "create", "noaddress.test", "noaddress")).Refused(ExitCode.Refused, "InvalidRequest: ");
    }

    private async Task<string> SignInAsync(string identifier, string password) =>
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password })).Ok().GetProperty("did").GetString()!;
}
