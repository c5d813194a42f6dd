using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>invite list</c></summary>
public sealed class InviteListTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Lists_codes_and_how_often_they_were_used()
    {
        await pds.InviteAsync("listed-one", uses: 2);
        await pds.InviteAsync("listed-void", disabled: true);
        var created = await pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle = "welcome1.test", email = "welcome1@example.com", password = "a password", inviteCode = "listed-one" });
        created.Ok();

        var lines = (await CliRun.OnAsync(pds, "invite", "list")).Done().Lines;

        Assert.Equal(["Code", "Uses", "Disabled", "For", "By", "Since"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(lines, line => line.StartsWith("listed-one", StringComparison.Ordinal) && line.Contains(" 1 of 2 "));
        Assert.Contains(lines, line => line.StartsWith("listed-void", StringComparison.Ordinal) && line.Contains(" yes "));
    }

    [Theory]
    [InlineData("recent")]
    [InlineData("usage")]
    public async Task Reads_page_after_page_and_says_it_as_one_document(string sort)
    {
        (await CliRun.OnAsync(pds, "invite", "create", "--count", "100")).Done();
        for (var i = 0; i < 6; i++) (await CliRun.OnAsync(pds, "invite", "create", "--count", "100")).Done();

        var codes = (await CliRun.OnAsync(pds, "invite", "list", "--sort", sort, "--json")).Done().Json.EnumerateArray().Select(code => code.GetProperty("code").GetString()).ToList();

        Assert.True(codes.Count >= 700);
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    [Fact]
    public async Task Knows_no_other_order() => (await CliRun.OnAsync(pds, "invite", "list", "--sort", "name")).Refused(ExitCode.Usage, "'name'");
}
