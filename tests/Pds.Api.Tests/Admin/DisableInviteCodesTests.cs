using Pds.Api.Tests.Server;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class DisableInviteCodesTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    private const string DisableInviteCodes = "com.atproto.admin.disableInviteCodes";

    [Fact]
    public async Task Makes_codes_void_and_no_others()
    {
        await pds.InviteAsync("one");
        await pds.InviteAsync("two");
        await pds.InviteAsync("three");

        (await pds.Admin.PostAsync(DisableInviteCodes, new { codes = new[] { "one", "two", "one" } })).Ok();

        (await pds.SignUpWithAsync("one")).Refused(400, "InvalidInviteCode");
        (await pds.SignUpWithAsync("two")).Refused(400, "InvalidInviteCode");
        (await pds.SignUpWithAsync("three")).Ok();
    }

    [Fact]
    public async Task Makes_all_codes_of_accounts_void_and_no_others()
    {
        var (alice, bob) = (await pds.GuestAsync(), await pds.GuestAsync());
        await pds.InviteAsync("of-alice", forAccount: alice.Did);
        await pds.InviteAsync("of-bob", forAccount: bob.Did);

        (await pds.Admin.PostAsync(DisableInviteCodes, new { accounts = new[] { alice.Did.Value } })).Ok();

        (await pds.SignUpWithAsync("of-alice")).Refused(400, "InvalidInviteCode");
        (await pds.SignUpWithAsync("of-bob")).Ok();
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"codes":[],"accounts":[]}""")]
    [InlineData("""{"codes":["nothing"],"accounts":["nobody","did:plc:nobody"]}""")]
    public async Task Passes_over_what_is_not_there(string body)
    {
        var answer = await pds.Admin.PostAsync(DisableInviteCodes, body, "application/json");

        Assert.Equal("200 ", $"{(int)answer.Status} {answer.Text}");
    }

    [Theory]
    [InlineData("""{"accounts":["admin"]}""", "cannot disable admin invite codes")]
    [InlineData("""{"codes":["kept"],"accounts":["did:plc:nobody","admin"]}""", "cannot disable admin invite codes")]
    [InlineData("""{"codes":["kept",null]}""", "Expected string value type (got null) at $.codes[1]")]
    [InlineData("""{"codes":["kept"],"accounts":[null]}""", "Expected string value type (got null) at $.accounts[0]")]
    public async Task Refuses_to_disable_the_administrators_codes_and_disables_nothing_then(string body, string message)
    {
        var code = $"kept-{body.Length}";
        await pds.InviteAsync(code);
        body = body.Replace("kept", code, StringComparison.Ordinal);

        Assert.Equal(message, (await pds.Admin.PostAsync(DisableInviteCodes, body, "application/json")).Refused(400, "InvalidRequest").Message);

        (await pds.SignUpWithAsync(code)).Ok();
    }

    [Fact]
    public async Task Is_the_moderators_alone()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.PostAsync(DisableInviteCodes, new { })).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.PostAsync(DisableInviteCodes, new { })).Status);
    }
}
