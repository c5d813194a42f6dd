using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.announceRepos</c></summary>
public sealed class AnnounceReposTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.announceRepos";

    [Fact]
    public async Task Tells_how_an_account_stands_and_where_its_repo_is()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        var (head, rev) = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = (await AnnounceAsync(alice.Did.Value)).Ok();

        Assert.Equal(1, answer.GetProperty("announced").GetInt32());
        var told = await firehose.NextAsync(2, alice.Did.Value);
        Assert.Equal(["#account", "#sync"], told.Select(frame => frame.Type));
        Assert.Equal(new LexBoolean(true), told[0].Body["active"]);
        Assert.Equal(rev.ToString(), told[1].Body.Text("rev"));
        Assert.Equal(head, CarReader.Read(((LexBytes)told[1].Body["blocks"]!).Value).Header.Root);
        Assert.Equal((head, rev), await alice.GetLatestCommitAsync()); // telling changes nothing
    }

    [Fact]
    public async Task Of_an_account_that_is_hidden_only_that_is_told()
    {
        var (off, down) = (await pds.SignUpAsync("off"), await pds.SignUpAsync("down"));
        await pds.DeactivateAsync(off.Did);
        await pds.TakeDownAsync(down.Did);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await AnnounceAsync(off.Did.Value, down.Did.Value, off.Did.Value)).Ok();

        var bob = await pds.SignUpAsync("bob");
        var frames = new List<FirehoseReader.Frame>();
        while ((await firehose.NextAsync()) is var frame && frame.Did != bob.Did.Value) frames.Add(frame);
        Assert.Equal([(off.Did.Value, "#account", "deactivated"), (down.Did.Value, "#account", "takendown")], frames.Select(frame => (frame.Did, frame.Type!, frame.Body.Text("status")!)));
    }

    [Fact]
    public async Task Goes_through_everybody_page_by_page_each_once()
    {
        var people = new List<string>();
        for (var i = 0; i < 7; i++) people.Add((await pds.SignUpAsync()).Did.Value);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var (cursor, announced, pages) = ((string?)null, 0, 0);
        do
        {
            var page = (await pds.Admin.PostAsync(Method, cursor is null ? new { limit = 3 } : new { limit = 3, cursor })).Ok();
            announced += page.GetProperty("announced").GetInt32();
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            pages++;
        }
        while (cursor is not null);

        var bob = await pds.SignUpAsync("bob");
        var told = new List<string>();
        while ((await firehose.NextAsync()) is var frame && frame.Did != bob.Did.Value)
            if (frame.Type == "#account") told.Add(frame.Did);
        Assert.Equal(announced, told.Count);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Empty(people.Except(told));
        Assert.InRange(pages, 3, 20);
    }

    [Fact]
    public async Task Tells_nothing_that_is_older_than_what_was_written_meanwhile()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var writing = Task.WhenAll(Enumerable.Range(0, 20).Select(i => alice.CreateRecordAsync(new { i }, "com.example.thing")));
        for (var i = 0; i < 5; i++) (await AnnounceAsync(alice.Did.Value)).Ok();
        Assert.All(await writing, answer => answer.Ok());

        var frames = (await firehose.NextAsync(30, alice.Did.Value)).Where(frame => frame.Type != "#account").ToList();
        var revs = frames.Select(frame => frame.Body.Text("rev")!).ToList();
        Assert.Equal(revs.Order(StringComparer.Ordinal), revs);
        Assert.Equal(5, frames.Count(frame => frame.Type == "#sync"));
    }

    [Fact]
    public async Task Signs_repos_anew_for_those_who_have_seen_later_revisions_than_there_are_here()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        var before = await VerifiedRepo.FetchAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await pds.Admin.PostAsync(Method, new { dids = new[] { alice.Did.Value }, signAnew = true })).Ok();

        var after = await VerifiedRepo.FetchAsync(alice, alice.Did);
        Assert.Equal((before.Commit.Data, true), (after.Commit.Data, after.Commit.Rev.CompareTo(before.Commit.Rev) > 0));
        var told = await firehose.NextAsync(2, alice.Did.Value);
        Assert.Equal(["#account", "#sync"], told.Select(frame => frame.Type));
        Assert.Equal(after.Commit.Cid, CarReader.Read(((LexBytes)told[1].Body["blocks"]!).Value).Header.Root);
        (await alice.CreateRecordAsync(Records.Post())).Ok();
    }

    [Fact]
    public async Task Leaves_an_entry_and_passes_over_who_is_not_here()
    {
        const string Nobody = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
        var alice = await pds.SignUpAsync();

        Assert.Equal(1, (await AnnounceAsync(Nobody, alice.Did.Value)).Ok().GetProperty("announced").GetInt32());
        var entry = (await pds.Admin.GetAsync("local.pds.admin.listAudit")).Ok().GetProperty("entries")[0];
        Assert.Equal((Method, $"{Nobody} {alice.Did}"), (entry.GetProperty("method").GetString(), entry.GetProperty("subject").GetString()));
        Assert.Equal(0, (await AnnounceAsync(Nobody)).Ok().GetProperty("announced").GetInt32());
    }

    [Theory]
    [InlineData("""{"limit":0}""")]
    [InlineData("""{"limit":1001}""")]
    [InlineData("""{"cursor":"garbage"}""")]
    [InlineData("""{"dids":["alice.test"]}""")]
    [InlineData("""{"dids":[null]}""")]
    public async Task Refuses_what_makes_no_sense(string body) => (await pds.Admin.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { })).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync(Method, new { })).Refused(401, "AuthenticationRequired");
    }

    private Task<XrpcAnswer> AnnounceAsync(params string[] dids) => pds.Admin.PostAsync(Method, new { dids });
}
