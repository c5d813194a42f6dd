using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>account create where people need a code</c></summary>
public sealed class AccountCreateByInviteTests(AccountCreateByInviteTests.ByInvite pds) : IClassFixture<AccountCreateByInviteTests.ByInvite>
{
    [Fact]
    public async Task Makes_a_code_for_the_purpose()
    {
        var created = (await CliRun.OnAsync(pds, "account", "create", "invited.test", "invited@example.com", "--json")).Done().Json;

        var info = (await pds.Admin.GetAsync("com.atproto.admin.getAccountInfo", new { did = created.GetProperty("did").GetString() })).Ok();
        Assert.Equal(1, info.GetProperty("invitedBy").GetProperty("uses").GetArrayLength());
    }

    [Fact]
    public async Task A_refusal_leaves_no_code_that_works()
    {
        (await CliRun.OnAsync(pds, "account", "create", "elsewhere.example.com", "elsewhere@example.com")).Refused(ExitCode.Refused, "UnsupportedDomain");

        var codes = (await CliRun.OnAsync(pds, "invite", "list", "--json")).Done().Json.EnumerateArray();
        Assert.DoesNotContain(codes, code => code.GetProperty("uses").GetArrayLength() == 0 && !code.GetProperty("disabled").GetBoolean());
    }

    public sealed class ByInvite : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Invites:Required"] = "true" };
    }
}
