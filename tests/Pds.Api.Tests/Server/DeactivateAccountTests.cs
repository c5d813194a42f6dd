using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class DeactivateAccountTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.deactivateAccount";

    [Fact]
    public async Task Tells_of_it_and_answers_with_nothing()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await alice.PostAsync(Method, new { });

        answer.Ok();
        Assert.Empty(answer.Body);
        var told = await firehose.NextAsync();
        Assert.Equal(("#account", alice.Did.Value, "deactivated"), (told.Type, told.Did, told.Body.Text("status")));
        Assert.Equal(new LexBoolean(false), told.Body["active"]);
    }

    [Fact]
    public async Task Sessions_go_on_and_say_so()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync(Method, new { })).Ok();

        foreach (var session in new[]
        {
            await alice.GetAsync("com.atproto.server.getSession"),
            await alice.Refreshing.PostAsync("com.atproto.server.refreshSession"),
            await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password }),
        })
        {
            Assert.False(session.Ok().GetProperty("active").GetBoolean());
            Assert.Equal("deactivated", session.Json.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Nothing_can_be_written_but_files_can_be_uploaded()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync(Method, new { })).Ok();

        (await alice.CreateRecordAsync(Records.Post())).Refused(401, "AccountDeactivated");
        (await alice.PutRecordAsync(Records.Post(), "app.bsky.feed.post", "one")).Refused(401, "AccountDeactivated");
        (await alice.DeleteRecordAsync("app.bsky.feed.post", "one")).Refused(401, "AccountDeactivated");
        Assert.Equal("Account is deactivated", (await alice.ApplyWritesAsync()).Refused(401, "AccountDeactivated").Message);
        await alice.UploadBlobAsync("a file"u8.ToArray());
    }

    [Fact]
    public async Task Nothing_of_it_is_shown_any_more()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { n = 1 }, "com.example.thing", "one")).Ok();
        (await alice.PostAsync(Method, new { })).Ok();
        var wellKnown = new HttpRequestMessage(HttpMethod.Get, "/.well-known/atproto-did");
        wellKnown.Headers.Host = alice.Handle;
        var repo = alice.Did.Value;

        Assert.Equal(404, (int)(await pds.Anyone.SendAsync(wellKnown)).Status);
        (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Refused(400, "HandleNotFound");
        (await alice.GetAsync("com.atproto.repo.describeRepo", new { repo })).Refused(400, "RepoDeactivated");
        Assert.Equal($"Repo has been deactivated: {alice.Handle}", (await alice.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Handle })).Refused(400, "RepoDeactivated").Message);
        (await pds.Anyone.GetAsync("com.atproto.repo.listRecords", new { repo, collection = "com.example.thing" })).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync("com.atproto.repo.getRecord", new { repo, collection = "com.example.thing", rkey = "one" })).Refused(400, "RecordNotFound");
        Assert.Equal("deactivated", (await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = repo })).Ok().GetProperty("status").GetString());
    }

    [Fact]
    public async Task Is_told_of_anew_when_it_is_repeated()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method, new { })).Ok();
        (await alice.PostAsync(Method, new { deleteAfter = "2031-01-01T00:00:00Z" })).Ok();

        Assert.All(await firehose.NextAsync(2, alice.Did.Value), told => Assert.Equal(("#account", "deactivated"), (told.Type, told.Body.Text("status"))));
    }

    [Fact]
    public async Task A_write_that_waits_behind_it_is_refused()
    {
        var alice = await pds.SignUpAsync();
        var gate = pds.Services.GetRequiredService<IRepoGate>();
        Task<XrpcAnswer> write;
        using (await gate.EnterAsync(alice.Did, CancellationToken.None))
        {
            write = alice.CreateRecordAsync(Records.Post());
            await Task.Delay(50); // it has shown its token and waits; if it has not yet, it is refused by that
            await pds.DeactivateAsync(alice.Did);
        }

        (await write).Refused(401, "AccountDeactivated");
    }

    [Fact]
    public async Task An_account_that_is_taken_down_may_leave_by_it()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await pds.As(alice.Did, SessionScope.Takendown).PostAsync(Method, new { })).Ok();

        Assert.Equal("takendown", (await firehose.NextAsync()).Body.Text("status"));
        (await alice.PostAsync(Method, new { })).Refused(401, "AccountTakedown");
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2031-01-01")]
    [InlineData("")]
    [InlineData(1893456000)]
    public async Task Refuses_what_is_no_date_and_leaves_the_account_alone(object deleteAfter)
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { deleteAfter })).Refused(400, "InvalidRequest");

        Assert.True((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Refuses_other_credentials_than_the_accounts_own_password()
    {
        var alice = await pds.SignUpAsync();

        (await pds.As(alice.Did, SessionScope.AppPass).PostAsync(Method, new { })).Refused(400, "InvalidToken");
        (await pds.As(alice.Did, SessionScope.AppPassPrivileged).PostAsync(Method, new { })).Refused(400, "InvalidToken");
        (await alice.Refreshing.PostAsync(Method, new { })).Refused(400, "InvalidToken");
        (await pds.Admin.PostAsync(Method, new { })).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync(Method, new { })).Refused(401, "AuthMissing");
        (await alice.PostAsync(Method)).Refused(400, "InvalidRequest");
    }
}
