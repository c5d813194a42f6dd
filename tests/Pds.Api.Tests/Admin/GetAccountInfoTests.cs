using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class GetAccountInfoTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.getAccountInfo";

    [Fact]
    public async Task Says_what_this_server_knows_of_an_account()
    {
        var alice = await pds.SignUpAsync();

        var info = (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).Ok();

        Assert.Equal(["did", "email", "handle", "indexedAt", "invites", "invitesDisabled"], info.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(alice.Did.Value, info.GetProperty("did").GetString());
        Assert.Equal(alice.Handle, info.GetProperty("handle").GetString());
        Assert.Equal(alice.Email, info.GetProperty("email").GetString());
        Assert.False(info.GetProperty("invitesDisabled").GetBoolean());
        Assert.Empty(info.GetProperty("invites").EnumerateArray());
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$", info.GetProperty("indexedAt").GetString());
    }

    [Fact]
    public async Task Says_since_when_an_account_is_deactivated_and_its_address_confirmed()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET deactivated_at = 1, email_confirmed_at = 2, invites_disabled = 1 WHERE did = @0", alice.Did.Value);

        var info = (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).Ok();

        Assert.Equal("1970-01-01T00:00:00.001Z", info.GetProperty("deactivatedAt").GetString());
        Assert.Equal("1970-01-01T00:00:00.002Z", info.GetProperty("emailConfirmedAt").GetString());
        Assert.True(info.GetProperty("invitesDisabled").GetBoolean());
    }

    [Fact]
    public async Task Says_by_whose_code_an_account_came_and_which_codes_it_has()
    {
        var alice = await pds.SignUpAsync();
        await pds.InviteAsync("of-alice", forAccount: alice.Did);
        var bob = (await pds.Anyone.PostAsync(
            "com.atproto.server.createAccount", new { handle = "invited-bob.test", email = "invited-bob@example.com", password = "correct horse", inviteCode = "of-alice" })).Ok().GetProperty("did").GetString();
        (await pds.Admin.PostAsync("com.atproto.admin.disableAccountInvites", new { account = bob, note = "too many" })).Ok();

        var inviter = (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).Ok();
        var invited = (await pds.Admin.GetAsync(Method, new { did = bob })).Ok();

        Assert.Equal("of-alice", inviter.GetProperty("invites")[0].GetProperty("code").GetString());
        Assert.Equal(bob, inviter.GetProperty("invites")[0].GetProperty("uses")[0].GetProperty("usedBy").GetString());
        Assert.False(inviter.TryGetProperty("invitedBy", out _));
        Assert.Equal("of-alice", invited.GetProperty("invitedBy").GetProperty("code").GetString());
        Assert.Equal(alice.Did.Value, invited.GetProperty("invitedBy").GetProperty("forAccount").GetString());
        Assert.True(invited.GetProperty("invitesDisabled").GetBoolean());
        Assert.Equal("too many", invited.GetProperty("inviteNote").GetString());
    }

    [Fact]
    public async Task Shows_an_account_without_a_handle()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET handle = NULL WHERE did = @0", alice.Did.Value);

        Assert.Equal("handle.invalid", (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).Ok().GetProperty("handle").GetString());
    }

    [Fact]
    public async Task Shows_an_account_that_is_taken_down()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).Ok();
    }

    [Fact]
    public async Task Refuses_an_account_that_is_not_here_and_what_is_no_did()
    {
        Assert.Equal("Account not found", (await pds.Admin.GetAsync(Method, new { did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" })).Refused(400, "NotFound").Message);
        (await pds.Admin.GetAsync(Method, new { did = "alice.test" })).Refused(400, "InvalidRequest");
        (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidRequest");
    }
}
