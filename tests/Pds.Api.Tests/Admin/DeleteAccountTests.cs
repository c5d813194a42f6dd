using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class DeleteAccountTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.deleteAccount";

    [Fact]
    public async Task Removes_the_account_without_its_owners_doing_and_tells_of_it()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.PublishBlobAsync("a file");
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await pds.Admin.PostAsync(Method, new { did = alice.Did.Value });

        answer.Ok();
        Assert.Empty(answer.Body);
        var told = await firehose.NextAsync();
        Assert.Equal(("#account", alice.Did.Value, "deleted"), (told.Type, told.Did, told.Body.Text("status")));
        (await alice.GetAsync("com.atproto.server.getSession")).Refused(403, "AccountNotFound");
        (await pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid = blob })).Refused(400, "RepoNotFound");
        Assert.False(pds.BlobFile(alice, blob).Directory!.Exists);
    }

    [Fact]
    public async Task Removes_an_account_in_any_state()
    {
        foreach (var change in new Func<Actor, Task>[] { actor => pds.DeactivateAsync(actor.Did), actor => pds.TakeDownAsync(actor.Did) })
        {
            var alice = await pds.SignUpAsync();
            await change(alice);

            (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value })).Ok();
            (await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = alice.Did.Value })).Refused(400, "RepoNotFound");
        }
    }

    [Fact]
    public async Task Refuses_a_did_that_is_not_here_and_tells_nothing()
    {
        var alice = await pds.SignUpAsync();
        (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value })).Ok();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        foreach (var did in new[] { alice.Did.Value, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" })
            Assert.Equal("account not found", (await pds.Admin.PostAsync(Method, new { did })).Refused(400, "InvalidRequest").Message);

        var bob = await pds.SignUpAsync("bob");
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did);
    }

    [Fact]
    public async Task Refuses_everybody_but_the_administrator()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Anyone.PostAsync(Method, new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync(Method, new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        (await new XrpcClient(pds.Url) { Authorization = "Basic YWRtaW46d3Jvbmc=" }.PostAsync(Method, new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Refuses_what_is_no_did()
    {
        (await pds.Admin.PostAsync(Method, new { did = "alice.test" })).Refused(400, "InvalidRequest");
        Assert.Equal("Missing required key \"did\" at $", (await pds.Admin.PostAsync(Method, new { })).Refused(400, "InvalidRequest").Message);
    }
}
