using Pds.Api.Cli;
using Pds.Api.Configuration;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary>What holds for every verb: words, password, exit codes.</summary>
public sealed class CliTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private static readonly Dictionary<string, string> Password = new() { ["PDS_ADMIN_PASSWORD"] = PdsFixture.AdminPassword };

    [Theory]
    [InlineData("account", "list")]
    [InlineData("--json", "audit")]
    [InlineData("--help")]
    [InlineData("acount")]
    [InlineData("--url=https://pds.example.com", "account", "list")]
    [InlineData("--insecure", "--url=http://pds.example.com", "account", "list")]
    [InlineData("serve", "--help")]
    public void Takes_words(params string[] arguments) => Assert.True(Api.Cli.Cli.Takes(arguments));

    [Theory]
    [InlineData]
    [InlineData("--Pds:Service:Port=0")]
    [InlineData("serve")]
    public void Leaves_the_server_what_is_the_servers(params string[] arguments) => Assert.False(Api.Cli.Cli.Takes(arguments));

    [Theory]
    [InlineData("acount")]
    [InlineData("account")]
    [InlineData("account", "show")]
    [InlineData("account", "show", "not a handle")]
    [InlineData("invite", "disable")]
    [InlineData("invite", "create", "--count", "many")]
    [InlineData("audit", "--limit", "0")]
    [InlineData("--url", "ftp://example.com", "audit")]
    public async Task Words_that_mean_nothing_end_with_2_and_send_nothing(params string[] arguments)
    {
        var run = await CliRun.WithAsync(Password, null, arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("See --help.", run.Errors);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("account", "--help")]
    [InlineData("account", "create", "--help")]
    public async Task Says_what_there_is(params string[] arguments)
    {
        var run = await CliRun.WithAsync(Password, null, arguments);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Usage:", run.Output);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("http://pds.example.com")]
    [InlineData("http://192.0.2.1:2583")]
    [InlineData("http://localhost.example.com")]
    public async Task Does_not_send_the_password_in_clear_to_another_machine(string url) =>
        (await CliRun.WithAsync(Password, null, "--url", url, "account", "list")).Refused(ExitCode.Usage, "in clear");

    [Fact]
    public async Task Sends_it_all_the_same_where_the_operator_says_that_nobody_listens()
    {
        var run = await CliRun.WithAsync(Password, null, "--insecure", "--url", "http://nobody.invalid", "account", "list");

        run.Refused(ExitCode.Unreachable, "Cannot reach a server at http://nobody.invalid/");
    }

    [Fact]
    public async Task What_users_chose_does_not_steer_the_terminal()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET email = @1 WHERE did = @0", alice.Did.Value, "\u001b[2J\u202e@example.com");

        var list = (await CliRun.OnAsync(pds, "account", "list")).Done();
        var crawl = await CliRun.OnAsync(pds, "acc\u001b[2Jount");

        Assert.Contains("\uFFFD[2J\uFFFD@example.com", list.Output);
        Assert.DoesNotContain('\u001b', list.Output + crawl.Errors);
    }

    [Fact]
    public async Task A_web_server_that_is_no_Personal_Data_Server_is_told_apart()
    {
        var run = await CliRun.WithAsync(Password, null, "--url", pds.Url, "account", "show", "did:web:nobody.example");
        Assert.Equal(ExitCode.Refused, run.ExitCode);

        await using var relay = await FakeRelay.StartAsync(); // answers 404 with nothing
        (await CliRun.WithAsync(Password, null, "--url", relay.Url, "account", "list")).Refused(ExitCode.Unreachable, "is not a Personal Data Server");
    }

    [Fact]
    public async Task Says_what_the_server_refuses_and_ends_with_1()
    {
        var run = await CliRun.OnAsync(pds, "account", "show", "nobody.test");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("Account does not exist: nobody.test", run.Errors);
    }

    [Fact]
    public async Task Says_that_the_password_is_wrong_without_saying_the_password()
    {
        var run = await CliRun.WithAsync(new() { ["PDS_ADMIN_PASSWORD"] = "guessed" }, null, "--url", pds.Url, "request-crawl");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("does not take the administrator's password", run.Errors);
        Assert.DoesNotContain("guessed", run.Errors);
    }

    [Fact]
    public async Task Says_that_there_is_no_server_and_ends_with_3()
    {
        var run = await CliRun.WithAsync(Password, null, "--url", "http://127.0.0.1:1", "audit");

        Assert.Equal(ExitCode.Unreachable, run.ExitCode);
        Assert.Contains("Cannot reach a server at http://127.0.0.1:1", run.Errors);
    }

    [Fact]
    public async Task Finds_the_password_that_a_sandbox_has_made_up()
    {
        var directory = Directory.CreateTempSubdirectory("pds-test-");
        try
        {
            SandboxSecrets.ReadOrCreate(directory.FullName);

            var run = await CliRun.WithAsync(new() { ["PDS_DATA_DIRECTORY"] = directory.FullName }, null, "--url", pds.Url, "request-crawl");

            Assert.Equal(ExitCode.Refused, run.ExitCode); // another server's password was found, and sent
            Assert.Contains("does not take the administrator's password", run.Errors);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Says_where_a_password_would_have_been_looked_for()
    {
        var run = await CliRun.WithAsync(new() { ["PDS_DATA_DIRECTORY"] = "/nowhere" }, null, "--url", pds.Url, "audit");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("PDS_ADMIN_PASSWORD", run.Errors);
        Assert.Contains("/nowhere", run.Errors);
    }
}
