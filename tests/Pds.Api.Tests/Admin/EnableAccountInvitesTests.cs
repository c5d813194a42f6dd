using Pds.Api.Tests.Server;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class EnableAccountInvitesTests(GetAccountInviteCodesTests.Earning pds) : IClassFixture<GetAccountInviteCodesTests.Earning>
{
    private const string EnableAccountInvites = "com.atproto.admin.enableAccountInvites";

    [Fact]
    public async Task The_account_earns_again_and_does_not_catch_up()
    {
        var alice = await pds.GuestAsync();
        (await pds.Admin.PostAsync("com.atproto.admin.disableAccountInvites", new { account = alice.Did.Value, note = "sells them" })).Ok();
        await pds.AgeAsync(alice, days: 3);
        Assert.Empty(await pds.CodesAsync(alice));

        (await pds.Admin.PostAsync(EnableAccountInvites, new { account = alice.Did.Value, note = "does not any more" })).Ok();
        Assert.Empty(await pds.CodesAsync(alice));
        await pds.AgeAsync(alice, days: 1);

        Assert.Single(await pds.CodesAsync(alice));
        Assert.Equal("does not any more", (await pds.FindAccountAsync(alice)).InviteNote);
    }

    [Fact]
    public async Task Without_a_reason_the_old_one_goes()
    {
        var alice = await pds.GuestAsync();
        (await pds.Admin.PostAsync("com.atproto.admin.disableAccountInvites", new { account = alice.Did.Value, note = "sells them" })).Ok();

        (await pds.Admin.PostAsync(EnableAccountInvites, new { account = alice.Did.Value })).Ok();

        var account = await pds.FindAccountAsync(alice);
        Assert.Equal((false, null), (account.InvitesDisabled, account.InviteNote));
    }

    [Fact]
    public async Task Passes_over_an_account_that_is_not_here() =>
        (await pds.Admin.PostAsync(EnableAccountInvites, new { account = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" })).Ok();

    [Fact]
    public async Task Is_the_moderators_alone()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.PostAsync(EnableAccountInvites, new { account = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.PostAsync(EnableAccountInvites, new { account = alice.Did.Value })).Status);
    }
}
