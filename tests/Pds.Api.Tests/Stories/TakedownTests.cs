using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Maintenance;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>What is taken down is gone for everybody, at once, and comes back whole when that is undone.</summary>
public sealed class TakedownTests(TakedownTests.WithWatchedGate pds) : IClassFixture<TakedownTests.WithWatchedGate>
{
    private const string Collection = "com.example.thing";

    [Fact]
    public async Task An_account_goes_and_comes_back()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await alice.CreateRecordAsync(new { n = 1 }, Collection, "one")).Ok();
        var before = await alice.ExportAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).Ok();

        await IsGoneAsync(alice, bob);
        Assert.Equal("#account False takendown", Describe((await firehose.NextAsync(1, alice.Did.Value))[0]));
        (await alice.CreateRecordAsync(new { n = 2 }, Collection)).Refused(401, "AccountTakedown");
        (await alice.PostAsync("com.atproto.repo.uploadBlob", "a file", "text/plain")).Refused(401, "AccountTakedown");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(401, "AccountTakedown");

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();

        Assert.Equal("#account True ", Describe((await firehose.NextAsync(1, alice.Did.Value))[0]));
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken");
        var again = await alice.SignInAgainAsync();
        Assert.Equal(before.Commit.Cid, (await again.ExportAsync()).Commit.Cid);
        (await again.CreateRecordAsync(new { n = 2 }, Collection)).Ok();
        (await pds.Anyone.GetAsync("com.atproto.repo.getRecord", new { repo = alice.Handle, collection = Collection, rkey = "one" })).Ok();
        (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Handle })).Ok();
        Assert.Equal(alice.Did.Value, (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task An_account_that_is_taken_down_may_take_its_things_along_and_nothing_else()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.PublishBlobAsync("a file");
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password })).Refused(401, "AccountTakedown");
        var leaving = await alice.SignInToLeaveAsync();

        (await leaving.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).OkCar();
        (await leaving.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid = blob })).IsFile("a file");
        Assert.Equal(blob, (await leaving.GetAsync("com.atproto.sync.listBlobs", new { did = alice.Did.Value })).Ok().GetProperty("cids")[0].GetString());
        (await leaving.CreateRecordAsync(new { n = 1 }, Collection)).Refused(400, "InvalidToken");
        (await leaving.PostAsync("com.atproto.repo.uploadBlob", "a file", "text/plain")).Refused(400, "InvalidToken");
        (await leaving.GetAsync("com.atproto.server.getSession")).Refused(400, "InvalidToken");
        (await leaving.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(401, "AccountTakedown");

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("another reference"))).Ok();
        (await leaving.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).OkCar();
    }

    [Fact]
    public async Task Taken_down_and_deactivated_it_is_told_as_taken_down_until_the_one_is_undone_and_then_the_other()
    {
        var alice = await pds.SignUpAsync();
        var (commit, rev) = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Applied())).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did))).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), deactivated: Moderating.Undone)).Ok();

        var frames = await firehose.NextAsync(7, alice.Did.Value);
        Assert.Equal(
            ["#account False deactivated", "#account False takendown", "#account False takendown", "#account False deactivated", "#account True ", "#identity", "#sync"],
            frames.Select(Describe));
        Assert.Equal(alice.Handle, frames[5].Body.Text("handle"));
        Assert.Equal(rev.ToString(), frames[6].Body.Text("rev"));
        Assert.Equal((commit, rev), await (await alice.SignInAgainAsync()).GetLatestCommitAsync());
    }

    [Fact]
    public async Task A_record_goes_for_everybody_and_stays_in_the_repo()
    {
        var alice = await pds.SignUpAsync();
        var record = (await alice.CreateRecordAsync(new { n = 1 }, Collection, "one")).Ok();
        (await alice.CreateRecordAsync(new { n = 2 }, Collection, "two")).Ok();
        var subject = Moderating.Record(record.GetProperty("uri").GetString()!, record.GetProperty("cid").GetString()!);
        var before = await alice.ExportAsync();

        (await pds.ModerateAsync(subject, Moderating.Applied("case-1"))).Ok();

        foreach (var reader in new[] { pds.Anyone, alice, pds.Admin })
        {
            (await reader.GetAsync("com.atproto.repo.getRecord", new { repo = alice.Did.Value, collection = Collection, rkey = "one" })).Refused(400, "RecordNotFound");
            (await reader.GetAsync("com.atproto.repo.getRecord", new { repo = alice.Did.Value, collection = Collection, rkey = "one", cid = record.GetProperty("cid").GetString() })).Refused(400, "RecordNotFound");
            Assert.Equal(["two"], await RkeysAsync(reader, alice));
            (await reader.GetAsync("com.atproto.sync.getRecord", new { did = alice.Did.Value, collection = Collection, rkey = "one" })).OkCar();
        }

        Assert.Equal(before.Records, (await alice.ExportAsync()).Records);

        (await pds.ModerateAsync(subject, Moderating.Undone)).Ok();
        (await alice.GetRecordAsync(Collection, "one")).Ok();
        Assert.Equal(["two", "one"], await RkeysAsync(pds.Anyone, alice));
    }

    [Fact]
    public async Task Editing_a_record_does_not_put_it_back_and_an_older_version_names_it_as_well()
    {
        var alice = await pds.SignUpAsync();
        var first = (await alice.CreateRecordAsync(new { n = 1 }, Collection, "one")).Ok();
        var subject = Moderating.Record(first.GetProperty("uri").GetString()!, first.GetProperty("cid").GetString()!);
        (await alice.PutRecordAsync(new { n = 2 }, Collection, "one")).Ok();

        (await pds.ModerateAsync(subject, Moderating.Applied())).Ok();
        (await alice.PutRecordAsync(new { n = 3 }, Collection, "one")).Ok();

        (await alice.GetRecordAsync(Collection, "one")).Refused(400, "RecordNotFound");
        (await pds.ModerateAsync(subject, Moderating.Undone)).Ok();
        Assert.Equal(3, (await alice.GetRecordAsync(Collection, "one")).Ok().GetProperty("value").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_blob_goes_for_everybody_but_the_administrator_and_cannot_be_uploaded_again()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var cid = await alice.PublishBlobAsync("objectionable");

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Applied("case-1"))).Ok();

        foreach (var reader in new[] { pds.Anyone, alice, bob }) Assert.Equal("Blob not found", (await BlobAsync(reader, alice, cid)).Refused(400, "InvalidRequest").Message);
        (await BlobAsync(pds.Admin, alice, cid)).IsFile("objectionable");
        Assert.Equal(cid, (await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = alice.Did.Value })).Ok().GetProperty("cids")[0].GetString());
        Assert.Equal("Blob has been takendown, cannot re-upload", (await UploadAsync(alice, "objectionable")).Refused(400, "InvalidRequest").Message);
        (await UploadAsync(bob, "objectionable")).Ok(); // a blob is taken down for one account

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Undone)).Ok();
        (await BlobAsync(pds.Anyone, alice, cid)).IsFile("objectionable");
        (await UploadAsync(alice, "objectionable")).Ok();
    }

    [Fact]
    public async Task A_blob_stays_down_when_its_record_is_deleted_and_comes_back_as_an_upload_that_is_not_mentioned()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("objectionable"u8.ToArray());
        var cid = blob.GetProperty("ref").GetProperty("$link").GetString()!;
        (await alice.CreateRecordAsync(new { blob }, Collection, "one")).Ok();
        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Applied())).Ok();

        (await alice.DeleteRecordAsync(Collection, "one")).Ok();
        (await UploadAsync(alice, "objectionable")).Refused(400, "InvalidRequest");
        (await alice.CreateRecordAsync(new { blob }, Collection, "two")).Refused(400, "BlobNotFound");

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Undone)).Ok();
        (await BlobAsync(pds.Anyone, alice, cid)).Refused(400, "InvalidRequest");
        (await alice.CreateRecordAsync(new { blob }, Collection, "two")).Ok();
        (await BlobAsync(pds.Anyone, alice, cid)).IsFile("objectionable");
    }

    [Fact]
    public async Task An_upload_that_is_taken_down_is_not_cleared_away_before_it_is_put_back()
    {
        var alice = await pds.SignUpAsync();
        var cid = (await alice.UploadBlobAsync("a draft"u8.ToArray())).GetProperty("ref").GetProperty("$link").GetString()!;

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Applied())).Ok();
        await pds.ExecuteAsync("UPDATE repo_blob SET created_at = 1 WHERE cid = @0 AND temporary_since IS NULL", Cid.Parse(cid).ToBytes());
        await pds.SendAsync(new CollectTemporaryBlobs());
        (await UploadAsync(alice, "a draft")).Refused(400, "InvalidRequest");

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Undone)).Ok();
        await pds.ExecuteAsync("UPDATE repo_blob SET temporary_since = 1 WHERE cid = @0 AND temporary_since IS NOT NULL", Cid.Parse(cid).ToBytes());
        Assert.Equal(1, await pds.SendAsync(new CollectTemporaryBlobs()));
    }

    [Fact]
    public async Task Invite_codes_of_an_account_that_is_taken_down_do_not_work_until_it_is_back()
    {
        var alice = await pds.SignUpAsync();
        await pds.InviteAsync("hers", uses: 2, forAccount: alice.Did);
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        (await SignUpAsync("invited-a")).Refused(400, "InvalidInviteCode");

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone)).Ok();
        (await SignUpAsync("invited-b")).Ok();

        Task<XrpcAnswer> SignUpAsync(string name) => pds.Anyone.PostAsync(
            "com.atproto.server.createAccount", new { handle = $"{name}.test", email = $"{name}@example.com", password = "correct horse", inviteCode = "hers" });
    }

    [Fact]
    public async Task A_write_that_waited_while_its_account_was_taken_down_does_not_happen()
    {
        var alice = await pds.SignUpAsync();
        var head = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        Task<XrpcAnswer> takedown, write, upload;
        using (await pds.Gate.EnterAsync(alice.Did, CancellationToken.None))
        {
            takedown = await WaitingAsync(() => pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied()));
            write = await WaitingAsync(() => alice.CreateRecordAsync(new { n = 1 }, Collection)); // its token was good
            upload = await WaitingAsync(() => UploadAsync(alice, "a file"));
        }

        (await takedown).Ok();
        (await write).Refused(401, "AccountTakedown");
        (await upload).Refused(401, "AccountTakedown");
        Assert.Equal("#account False takendown", Describe((await firehose.NextAsync(1, alice.Did.Value))[0]));
        var leaving = await alice.SignInToLeaveAsync();
        Assert.Equal(head.Cid, (await leaving.ExportAsync()).Commit.Cid);
    }

    [Fact]
    public async Task A_refresh_that_waited_while_its_account_was_taken_down_and_put_back_brings_no_session_back()
    {
        var alice = await pds.SignUpAsync();

        Task<XrpcAnswer> takedown, undoing, refresh;
        using (await pds.Gate.EnterAsync(alice.Did, CancellationToken.None))
        {
            takedown = await WaitingAsync(() => pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied()));
            undoing = await WaitingAsync(() => pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Undone));
            refresh = await WaitingAsync(() => alice.Refreshing.PostAsync("com.atproto.server.refreshSession"));
        }

        (await takedown).Ok();
        (await undoing).Ok();
        (await refresh).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task Takedown_survives_a_restart()
    {
        var alice = await pds.SignUpAsync();
        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"))).Ok();

        await pds.RestartAsync();

        var status = (await pds.Admin.GetAsync("com.atproto.admin.getSubjectStatus", new { did = alice.Did.Value })).Ok();
        Assert.Equal("case-1", status.GetProperty("takedown").GetProperty("ref").GetString());
        (await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Refused(400, "RepoTakendown");
    }

    /// <summary>Everything that shows an account or what is in it, to anybody.</summary>
    private async Task IsGoneAsync(Actor alice, XrpcClient other)
    {
        foreach (var reader in new[] { pds.Anyone, other })
        {
            (await reader.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Refused(400, "RepoTakendown");
            (await reader.GetAsync("com.atproto.repo.getRecord", new { repo = alice.Did.Value, collection = Collection, rkey = "one" })).Refused(400, "RecordNotFound");
            (await reader.GetAsync("com.atproto.repo.listRecords", new { repo = alice.Did.Value, collection = Collection })).Refused(400, "InvalidRequest");
            (await reader.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Did.Value })).Refused(400, "RepoTakendown");
            (await reader.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Refused(400, "HandleNotFound");
            (await reader.GetAsync("com.atproto.sync.getRepoStatus", new { did = alice.Did.Value })).IsFile($$"""{"did":"{{alice.Did}}","active":false,"status":"takendown"}""");
        }
    }

    private static string Describe(FirehoseReader.Frame frame) =>
        frame.Type == "#account" ? $"#account {((LexBoolean)frame.Body["active"]!).Value} {frame.Body.Text("status")}" : frame.Type!;

    private static async Task<IEnumerable<string>> RkeysAsync(XrpcClient reader, Actor owner) =>
        (await reader.GetAsync("com.atproto.repo.listRecords", new { repo = owner.Did.Value, collection = Collection })).Ok()
            .GetProperty("records").EnumerateArray().Select(record => Records.RkeyOf(record.GetProperty("uri").GetString()!));

    private static Task<XrpcAnswer> BlobAsync(XrpcClient reader, Actor owner, string cid) => reader.GetAsync("com.atproto.sync.getBlob", new { did = owner.Did.Value, cid });

    private static Task<XrpcAnswer> UploadAsync(XrpcClient actor, string text) => actor.PostAsync("com.atproto.repo.uploadBlob", text, "text/plain");

    /// <summary>Sends a request while its turn is held, and goes on once it waits for it.</summary>
    private async Task<Task<XrpcAnswer>> WaitingAsync(Func<Task<XrpcAnswer>> send)
    {
        var asked = pds.Gate.Asked;
        var answer = send();
        await Eventually.IsTrueAsync(() => pds.Gate.Asked > asked);
        return answer;
    }

    public sealed class WithWatchedGate : PdsFixture
    {
        public WatchedGate Gate { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IRepoGate>(Gate);
    }
}
