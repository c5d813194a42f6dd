using Pds.Api.Tests.Server;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class DisableAccountInvitesTests(GetAccountInviteCodesTests.Earning pds) : IClassFixture<GetAccountInviteCodesTests.Earning>
{
    private const string DisableAccountInvites = "com.atproto.admin.disableAccountInvites";

    [Fact]
    public async Task What_the_account_earns_from_then_on_comes_disabled_and_what_it_has_goes_on_working()
    {
        var alice = await pds.GuestAsync();
        await pds.AgeAsync(alice, days: 1);
        var code = Assert.Single(await pds.CodesAsync(alice));

        (await pds.Admin.PostAsync(DisableAccountInvites, new { account = alice.Did.Value })).Ok();
        await pds.AgeAsync(alice, days: 2);

        Assert.Equal([code], await pds.CodesAsync(alice));
        Assert.Equal(3, (await pds.FindCodesAsync(alice)).Count);
        (await pds.SignUpWithAsync(code)).Ok();
    }

    [Fact]
    public async Task Keeps_the_reason_for_whoever_looks_at_the_account()
    {
        var alice = await pds.GuestAsync();

        (await pds.Admin.PostAsync(DisableAccountInvites, new { account = alice.Did.Value, note = "sells them" })).Ok();

        var account = await pds.FindAccountAsync(alice);
        Assert.Equal((true, "sells them"), (account.InvitesDisabled, account.InviteNote));
    }

    [Fact]
    public async Task Passes_over_an_account_that_is_not_here()
    {
        var answer = await pds.Admin.PostAsync(DisableAccountInvites, new { account = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" });

        Assert.Equal("200 ", $"{(int)answer.Status} {answer.Text}");
    }

    [Fact]
    public async Task Refuses_what_names_no_account_and_a_note_without_end()
    {
        var alice = await pds.GuestAsync();

        Assert.Equal("Missing required key \"account\" at $", (await pds.Admin.PostAsync(DisableAccountInvites, new { })).Refused(400, "InvalidRequest").Message);
        Assert.Equal("Invalid DID (got \"x\") at $.account", (await pds.Admin.PostAsync(DisableAccountInvites, new { account = "x" })).Refused(400, "InvalidRequest").Message);
        Assert.Equal(
            "note must be 10000 characters at most",
            (await pds.Admin.PostAsync(DisableAccountInvites, new { account = alice.Did.Value, note = new string('x', 10_001) })).Refused(400, "InvalidRequest").Message);
        Assert.False((await pds.FindAccountAsync(alice)).InvitesDisabled);
    }

    [Fact]
    public async Task Is_the_moderators_alone()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.PostAsync(DisableAccountInvites, new { account = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.PostAsync(DisableAccountInvites, new { account = alice.Did.Value })).Status);
    }
}
