using System.Text.Json;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

/// <summary>What the method takes, answers and refuses; what a takedown hides is told in <see cref="Stories.TakedownTests"/>.</summary>
public sealed class UpdateSubjectStatusTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string AnyCid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    private static readonly Did Unknown = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    [Fact]
    public async Task Answers_with_the_subject_and_the_takedown_as_they_were_sent()
    {
        var alice = await pds.SignUpAsync();
        var subject = $$"""{"$type":"com.atproto.admin.defs#repoRef","did":"{{alice.Did}}"}""";

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).IsFile($$$"""{"subject":{{{subject}}},"takedown":{"applied":true}}""");
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).IsFile($$$"""{"subject":{{{subject}}},"takedown":{"applied":true,"ref":"case-1"}}""");
        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Applied())).IsFile($$"""{"subject":{{subject}}}""");
        (await pds.ModerateAsync(Moderating.Account(alice.Did))).IsFile($$"""{"subject":{{subject}}}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_takedown_without_a_reference_gets_the_time_as_one(string? reference)
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(reference))).Ok();

        Assert.Equal(AtDatetime.Of(pds.Time.GetUtcNow()).Value, (await TakedownAsync(alice)).GetProperty("ref").GetString());
    }

    [Fact]
    public async Task Whoever_takes_down_what_is_down_replaces_the_reference()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-2"))).Ok();

        Assert.Equal("case-2", (await TakedownAsync(alice)).GetProperty("ref").GetString());
    }

    [Fact]
    public async Task To_undo_what_was_not_done_ends_nobodys_session()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();

        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task Deactivates_and_activates_and_leaves_the_session_alone()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Applied())).Ok();
        Assert.Equal("deactivated", (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("status").GetString());

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Ok();
        Assert.True((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Deactivating_again_keeps_the_day_on_which_the_owner_wanted_the_account_gone()
    {
        var alice = await pds.SignUpAsync();
        await pds.ExecuteAsync("UPDATE account SET deactivated_at = 1, delete_after = 2 WHERE did = @0", alice.Did.Value);

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Applied())).Ok();
        await pds.ExecuteAsync("UPDATE account SET handle = handle WHERE did = @0 AND deactivated_at = 1 AND delete_after = 2", alice.Did.Value);

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Ok();
        await pds.ExecuteAsync("UPDATE account SET handle = handle WHERE did = @0 AND deactivated_at IS NULL AND delete_after IS NULL", alice.Did.Value);
    }

    [Fact]
    public async Task Undoes_takedown_and_deactivation_in_one()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(), Moderating.Applied())).Ok();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone, Moderating.Undone)).Ok();

        Assert.True((await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = alice.Did.Value })).Ok().GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Refuses_to_activate_what_is_or_would_be_taken_down()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Applied())).Ok();

        Assert.Equal(
            "Cannot activate and takedown an account at the same time",
            (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(), Moderating.Undone)).Refused(400, "InvalidRequest").Message);
        Assert.False((await TakedownAsync(alice)).GetProperty("applied").GetBoolean());

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();
        Assert.Equal(
            "Cannot activate an account that is taken down",
            (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_subjects_that_are_not_here()
    {
        var alice = await pds.SignUpAsync();

        foreach (var subject in new[]
        {
            Moderating.Account(Unknown),
            Moderating.Record($"at://{alice.Did}/com.example.thing/nothing", AnyCid),
            Moderating.Record($"at://{Unknown}/com.example.thing/one", AnyCid),
            Moderating.Blob(alice.Did, AnyCid),
            Moderating.Blob(Unknown, AnyCid),
        })
        {
            Assert.Equal("Subject not found", (await pds.ModerateAsync(subject, Moderating.Applied())).Refused(400, "NotFound").Message);
            (await pds.ModerateAsync(subject)).Refused(400, "NotFound");
        }
    }

    [Fact]
    public async Task Refuses_a_record_that_is_not_named_for_good()
    {
        var alice = await pds.SignUpAsync();

        foreach (var uri in new[] { $"at://{alice.Handle}/com.example.thing/one", $"at://{alice.Did}/com.example.thing", $"at://{alice.Did}" })
            (await pds.ModerateAsync(Moderating.Record(uri, AnyCid), Moderating.Applied())).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Refuses_to_deactivate_anything_but_an_account()
    {
        var alice = await pds.SignUpAsync();
        var cid = await alice.PublishBlobAsync("a file");

        Assert.Equal(
            "Only an account can be deactivated",
            (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), deactivated: Moderating.Applied())).Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"subject":null}""")]
    [InlineData("""{"subject":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    [InlineData("""{"subject":{"did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},"takedown":{"applied":true}}""")]
    [InlineData("""{"subject":{"$type":"com.example#other","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},"takedown":{"applied":true}}""")]
    [InlineData("""{"subject":{"$type":"com.atproto.admin.defs#repoRef"},"takedown":{"applied":true}}""")]
    [InlineData("""{"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"alice"},"takedown":{"applied":true}}""")]
    [InlineData("""{"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},"takedown":{}}""")]
    [InlineData("""{"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},"takedown":{"applied":"yes"}}""")]
    [InlineData("""{"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"},"takedown":{"applied":true,"ref":7}}""")]
    public async Task Refuses_what_is_malformed(string body) =>
        (await pds.Admin.PostAsync(Moderating.UpdateStatus, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Takes_the_type_of_a_subject_wherever_it_stands()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Admin.PostAsync(
            Moderating.UpdateStatus, $$$"""{"subject":{"did":"{{{alice.Did}}}","extra":1,"$type":"com.atproto.admin.defs#repoRef"},"takedown":{"applied":true}}""", "application/json")).Ok();

        Assert.True((await TakedownAsync(alice)).GetProperty("applied").GetBoolean());
    }

    [Fact]
    public async Task Refuses_a_reference_of_more_than_512_characters()
    {
        var alice = await pds.SignUpAsync();

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(new string('r', 513)))).Refused(400, "InvalidRequest");
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied(new string('r', 512)))).Ok();
    }

    private async Task<JsonElement> TakedownAsync(Actor actor) =>
        (await pds.Admin.GetAsync("com.atproto.admin.getSubjectStatus", new { did = actor.Did.Value })).Ok().GetProperty("takedown");
}
