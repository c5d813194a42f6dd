using System.Text;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>From signing up to the end, as a relay sees it; and what is left of somebody who has gone.</summary>
public sealed class AccountLifeTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task A_relay_follows_an_account_from_its_first_day_to_its_last()
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post("hello"))).Ok();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        (await alice.CreateRecordAsync(Records.Post("not now"))).Refused(401, "AccountDeactivated");
        (await alice.PostAsync("com.atproto.server.activateAccount")).Ok();
        (await alice.CreateRecordAsync(Records.Post("back again"))).Ok();
        await DeleteAsync(alice);
        var bob = await pds.SignUpAsync("bob");

        var told = await firehose.NextAsync(11, alice.Did.Value);
        Assert.Equal(
            [
                "#identity", "#account", "#commit", "#sync", // signing up
                "#commit",
                "#account deactivated",
                "#account", "#identity", "#sync", // activated
                "#commit",
                "#account deleted",
            ],
            told.Select(frame => $"{frame.Type} {frame.Body.Text("status")}".Trim()));
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did); // and nothing after the end

        await using var late = await FirehoseReader.OpenAsync(pds.Url, $"?cursor={told[0].Seq - 1}");
        var replayed = await late.NextAsync();
        Assert.Equal(told[^1].Bytes, replayed.Bytes); // of her whole life
        Assert.Equal(bob.Did.Value, (await late.NextAsync()).Did);
    }

    [Fact]
    public async Task Nothing_is_left_of_somebody_who_has_gone()
    {
        var alice = await pds.SignUpAsync("forgotten");
        await alice.FillAsync(300);
        await alice.PublishBlobAsync("a file");
        await alice.UploadBlobAsync("a file that no record mentions"u8.ToArray());
        await alice.SignInAgainAsync();
        (await alice.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Did.Value })).Ok();
        var bystander = await pds.SignUpAsync("bystander");
        await bystander.FillAsync(5);
        var kept = await bystander.PublishBlobAsync("a file");

        await DeleteAsync(alice);

        // The identity is not this server's to end: the directory keeps it, and its owner may take it elsewhere. The firehose tells of the end.
        Assert.Equal(["plc_operation.did", "repo_event.did", "repo_event.frame"], DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
        Assert.Equal(["plc_operation.operation"], DatabaseWalk.ColumnsWith(pds.Data, alice.Handle));
        Assert.Equal(1, DatabaseWalk.Count(pds.Data, "repo_event", "did = @0", alice.Did.Value));
        Assert.Equal(6, DatabaseWalk.Count(pds.Data, "repo_record", "path LIKE @0", "com.example.%")); // the bystander's
        Assert.False(pds.BlobFile(alice, kept).Directory!.Exists);
        Assert.False(await pds.RemembersAsync(alice.Did));

        Assert.Equal(6, (await bystander.ExportAsync()).Records.Count);
        (await pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = bystander.Did.Value, cid = kept })).IsFile("a file");
    }

    [Fact]
    public async Task Its_address_and_its_hash_are_overwritten_in_the_file_too()
    {
        var server = new PdsFixture();
        await server.InitializeAsync();
        try
        {
            var alice = await server.SignUpAsync("forgotten");
            var others = new List<Actor>();
            for (var i = 0; i < 5; i++) others.Add(await server.SignUpAsync("bystander"));
            await alice.FillAsync(50);
            var hash = DatabaseWalk.Text(server.Data, "SELECT password_hash FROM account WHERE did = @0", alice.Did.Value);

            (await server.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();
            await server.StopAsync();

            var content = await DatabaseWalk.ReadFileAsync(server.Data);
            Assert.NotEqual(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(others[0].Email)));
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(alice.Email)));
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(hash)));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Later tables are covered too: whichever table has a <c>did</c> gets a row of the account first.</summary>
    [Fact]
    public async Task No_table_that_knows_an_account_by_its_did_still_knows_it_when_it_has_gone()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var tables = DatabaseWalk.TablesWith(pds.Data, "did").Except(["plc_operation", "repo_removal"]).ToList();
        foreach (var account in new[] { alice.Did, bob.Did }) DatabaseWalk.FillEveryTable(pds.Data, account, tables);
        Assert.All(tables, table => Assert.NotEqual(0, DatabaseWalk.Count(pds.Data, table, "did = @0", alice.Did.Value)));

        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        var left = tables.Where(table => DatabaseWalk.Count(pds.Data, table, "did = @0", alice.Did.Value) > 0);
        Assert.Equal(["repo_event"], left);
        Assert.All(tables, table => Assert.NotEqual(0, DatabaseWalk.Count(pds.Data, table, "did = @0", bob.Did.Value)));
    }

    [Fact]
    public async Task Whoever_still_writes_when_the_account_goes_is_refused_and_leaves_nothing()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(50);
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var refusals = Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteUntilRefusedAsync(alice, writer))).ToList();
        await firehose.NextAsync(20, alice.Did.Value);

        await DeleteAsync(alice);

        Assert.All(await Task.WhenAll(refusals), refusal => refusal.Refused(403, "AccountNotFound"));
        await pds.SignUpAsync("bob");
        while (await firehose.NextAsync() is { } frame && frame.Did == alice.Did.Value)
        {
            if (frame.Body.Text("status") != "deleted") continue;
            Assert.NotEqual(alice.Did.Value, (await firehose.NextAsync()).Did); // nothing of hers after that
            break;
        }

        Assert.Equal(["plc_operation.did", "repo_event.did", "repo_event.frame"], DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
        Assert.False(pds.BlobFile(alice, "any").Directory!.Exists);
    }

    private static async Task<XrpcAnswer> WriteUntilRefusedAsync(Actor actor, int writer)
    {
        for (var i = 0; ; i++)
        {
            var answer = writer % 2 == 0
                ? await actor.CreateRecordAsync(new { i }, "com.example.thing")
                : await actor.PostAsync("com.atproto.repo.uploadBlob", Encoding.UTF8.GetBytes($"{writer} {i}"), "text/plain");
            if (answer.Error is not null) return answer;
        }
    }

    private async Task DeleteAsync(Actor actor)
    {
        (await actor.PostAsync("com.atproto.server.requestAccountDelete")).Ok();
        var token = pds.Mail.LastCode<Letter.DeleteAccount>(actor);
        (await pds.Anyone.PostAsync("com.atproto.server.deleteAccount", new { did = actor.Did.Value, password = actor.Password, token })).Ok();
    }
}
