using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Admin;
using Pds.Application.Admin.Subjects;
using Pds.Application.Options;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Whatever is done to an account by somebody else is written down, exactly where it was done.</summary>
public sealed class AuditTests(AuditTests.WithModerationService pds) : IClassFixture<AuditTests.WithModerationService>
{
    [Fact]
    public async Task Every_change_leaves_one_entry_in_the_order_of_the_changes()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"), Moderating.Applied())).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        Assert.Equal(["takedown", "activated", "takedown undone", "takedown case-1, deactivated"], await DetailsAsync(alice));
    }

    [Fact]
    public async Task What_is_refused_leaves_none()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Refused(400, "InvalidRequest"); // by the handler
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(), Moderating.Undone)).Refused(400, "InvalidRequest"); // by a validator
        (await alice.PostAsync(Moderating.UpdateStatus, Moderating.Body(Moderating.Account(alice.Did), Moderating.Undone))).Refused(401, "BadJwtType");

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

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Refused(400, "InvalidRequest");

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
    public async Task What_the_moderation_service_does_bears_its_name()
    {
        var alice = await pds.SignUpAsync();
        var service = new XrpcClient(pds.Url) { Authorization = $"Bearer {pds.Service.Token(Moderating.UpdateStatus)}" };

        (await service.PostAsync(Moderating.UpdateStatus, Moderating.Body(Moderating.Account(alice.Did), Moderating.Applied("case-1")))).Ok();

        (await alice.GetAsync("com.atproto.server.getSession")).Refused(401, "AccountTakedown");
        var entry = (await ListAsync(alice)).Single();
        Assert.Equal((pds.Service.Did.Value, "takedown case-1"), (entry.GetProperty("actor").GetString(), entry.GetProperty("detail").GetString()));
        var reader = new XrpcClient(pds.Url) { Authorization = $"Bearer {pds.Service.Token("local.pds.admin.listAudit")}" };
        (await reader.GetAsync("local.pds.admin.listAudit")).Refused(401, "AuthenticationRequired");
    }

    [Theory]
    [InlineData("com.atproto.admin.disableAccountInvites")]
    [InlineData("com.atproto.admin.updateAccountPassword")]
    public async Task Every_administrators_command_leaves_an_entry_without_what_is_secret(string method)
    {
        var alice = await pds.SignUpAsync();

        (await pds.Admin.PostAsync(method, new { did = alice.Did.Value, account = alice.Did.Value, password = "a new password" })).Ok();

        var entry = (await ListAsync(alice)).Single();
        Assert.Equal(method, entry.GetProperty("method").GetString());
        Assert.DoesNotContain("a new password", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_that_is_too_long_for_a_log_is_cut()
    {
        var codes = Enumerable.Range(0, 300).Select(i => $"no-such-code-{i}").ToArray();

        (await pds.Admin.PostAsync("com.atproto.admin.disableInviteCodes", new { codes })).Ok();

        var subject = (await pds.Admin.GetAsync("local.pds.admin.listAudit", new { limit = 1 })).Ok().GetProperty("entries")[0].GetProperty("subject").GetString()!;
        Assert.StartsWith("no-such-code-0 no-such-code-1", subject, StringComparison.Ordinal);
        Assert.Equal(2001, subject.Length);
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
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).Ok();

        await pds.RestartAsync();

        Assert.Equal(["takedown case-1"], await DetailsAsync(alice));
    }

    private async Task<IEnumerable<string?>> DetailsAsync(Actor actor) => (await ListAsync(actor)).Select(entry => entry.GetProperty("detail").GetString());

    private async Task<IReadOnlyList<JsonElement>> ListAsync(Actor actor) =>
        [.. (await pds.Admin.GetAsync("local.pds.admin.listAudit", new { subject = actor.Did.Value })).Ok().GetProperty("entries").EnumerateArray()];

    /// <summary>A server whose operator has named a moderation service.</summary>
    public sealed class WithModerationService : PdsFixture
    {
        public Stranger Service { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Service = await Stranger.PublishAsync(this); // before anybody calls, and so before the option is read
        }

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton(_ => new ModerationOptions { Did = Service.Did });
    }
}
