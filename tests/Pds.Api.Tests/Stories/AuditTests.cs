using System.Text.Json;
using Pds.Application.Admin;
using Pds.Application.Admin.Subjects;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Whatever is done to an account by somebody else is written down, exactly where it was done.</summary>
public sealed class AuditTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Every_change_leaves_one_entry_in_the_order_of_the_changes()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied("case-1"), Moderation.Applied())).Ok();
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Undone)).Ok();
        (await pds.ModerateAsync(Moderation.Account(alice.Did), deactivated: Moderation.Undone)).Ok();
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied())).Ok();

        Assert.Equal(["takedown", "activated", "takedown undone", "takedown case-1, deactivated"], await DetailsAsync(alice));
    }

    [Fact]
    public async Task What_is_refused_leaves_none()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied())).Ok();

        (await pds.ModerateAsync(Moderation.Account(alice.Did), deactivated: Moderation.Undone)).Refused(400, "InvalidRequest"); // by the handler
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied(), Moderation.Undone)).Refused(400, "InvalidRequest"); // by a validator
        (await alice.PostAsync(Moderation.UpdateStatus, Moderation.Body(Moderation.Account(alice.Did), Moderation.Undone))).Refused(401, "BadJwtType");

        Assert.Equal(["takedown"], await DetailsAsync(alice));
    }

    [Theory]
    [InlineData("BEFORE INSERT ON audit_entry")]
    [InlineData("BEFORE UPDATE ON account")]
    [InlineData("BEFORE INSERT ON repo_event")]
    public async Task Change_entry_and_event_are_saved_together_or_not_at_all(string failing)
    {
        var alice = await pds.SignUpAsync();
        await pds.RunAsync($"CREATE TRIGGER failing {failing} BEGIN SELECT RAISE(ABORT, 'of the test'); END");

        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied())).Refused(400, "InvalidRequest");

        await pds.RunAsync("DROP TRIGGER failing");
        Assert.Empty(await DetailsAsync(alice));
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task What_accounts_do_themselves_leaves_none()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();

        Assert.Empty(await DetailsAsync(alice));
    }

    [Fact]
    public async Task A_command_that_did_not_come_by_HTTP_is_the_command_lines()
    {
        var alice = await pds.SignUpAsync();

        await pds.SendAsync(new UpdateSubjectStatus(new RepoRef(alice.Did), new StatusAttr(true, "case-1")));

        Assert.Equal("command line", (await ListAsync(alice)).Single().GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Entries_are_there_after_a_restart()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied("case-1"))).Ok();

        await pds.RestartAsync();

        Assert.Equal(["takedown case-1"], await DetailsAsync(alice));
    }

    private async Task<IEnumerable<string?>> DetailsAsync(Actor actor) => (await ListAsync(actor)).Select(entry => entry.GetProperty("detail").GetString());

    private async Task<IReadOnlyList<JsonElement>> ListAsync(Actor actor) =>
        [.. (await pds.Admin.GetAsync("local.pds.admin.listAudit", new { subject = actor.Did.Value })).Ok().GetProperty("entries").EnumerateArray()];
}
