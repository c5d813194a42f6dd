using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>invite create</c></summary>
public sealed class InviteCreateTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Makes_codes_a_line_each()
    {
        var run = (await CliRun.OnAsync(pds, "invite", "create", "--count", "3", "--uses", "2")).Done();

        Assert.Equal(3, run.Lines.Distinct().Count());
        foreach (var code in run.Lines) Assert.Equal(2, (await FindAsync(code)).GetProperty("available").GetInt32());
    }

    [Fact]
    public async Task Makes_them_for_an_account_in_any_state()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        var made = (await CliRun.OnAsync(pds, "invite", "create", "--for", alice.Handle, "--json")).Done().Json.GetProperty("codes")[0];

        Assert.Equal(alice.Did.Value, made.GetProperty("account").GetString());
        Assert.Equal(alice.Did.Value, (await FindAsync(made.GetProperty("codes")[0].GetString()!)).GetProperty("forAccount").GetString());
    }

    private async Task<JsonElement> FindAsync(string code) =>
        (await pds.Admin.GetAsync("com.atproto.admin.getInviteCodes", new { limit = 500 })).Ok().GetProperty("codes").EnumerateArray().Single(one => one.GetProperty("code").GetString() == code);
}
