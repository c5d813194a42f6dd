using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>An account moves between two servers, step by step as https://atproto.com/guides/account-migration says, and what happens where a step fails.</summary>
public sealed class MigrationTests(TwoServers servers) : IClassFixture<TwoServers>
{
    [Fact]
    public async Task Everything_arrives_and_the_old_server_lets_go()
    {
        var alice = await servers.Old.SignUpAsync();
        await alice.FillAsync(60);
        var blob = await alice.UploadBlobAsync("a file"u8.ToArray());
        (await alice.CreateRecordAsync(new { file = blob }, "com.example.note")).Ok();
        var (repo, blobs) = (await servers.ExportAsync(alice), await TwoServers.BlobsOfAsync(alice));
        await using var firehose = await FirehoseReader.ListenAsync(servers.New);

        var moved = await servers.MoveAsync(alice, alice);

        var arrived = await servers.ExportAsync(moved);
        Assert.Equal(repo.Commit.Data, arrived.Commit.Data);
        Assert.Equal(repo.Records, arrived.Records);
        Assert.True(arrived.Commit.Rev > repo.Commit.Rev);
        Assert.Equal(blobs, await TwoServers.BlobsOfAsync(moved));
        Assert.Equal(["#identity", "#account", "#identity", "#sync"], (await firehose.NextAsync(4, moved.Did.Value)).Select(frame => frame.Type));
        Assert.Equal(2, (await servers.Old.LogOfAsync(alice.Did)).Entries.Count);
        (await moved.CreateRecordAsync(Records.Post())).Ok();
        Assert.Equal(repo.Records.Count + 1, (await servers.ExportAsync(moved)).Records.Count);

        (await alice.CreateRecordAsync(Records.Post())).Refused(401, "AccountDeactivated");
        (await alice.DeleteRecordAsync("com.example.note", "x")).Refused(401, "AccountDeactivated");
        (await servers.Old.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Refused(400, "RepoDeactivated");
        (await TwoServers.ActivateAsync(alice)).Refused(400, "InvalidRequest"); // it is elsewhere
        Assert.Contains(
            "only its owner can change it",
            (await alice.PostAsync("com.atproto.identity.updateHandle", new { handle = "mine-again.test" })).Refused(400, "InvalidRequest").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_server_may_delete_what_it_still_has_and_the_new_one_goes_on()
    {
        var alice = await servers.Old.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        var moved = await servers.MoveAsync(alice, alice);

        (await servers.Old.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        Assert.Equal(2, (await servers.Old.LogOfAsync(alice.Did)).Entries.Count); // the identity did not end
        Assert.Single((await servers.ExportAsync(moved)).Records);
    }

    [Fact]
    public async Task An_account_that_is_taken_down_may_leave()
    {
        var alice = await servers.Old.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        await servers.Old.TakeDownAsync(alice.Did);

        var moved = await servers.MoveAsync(await alice.SignInToLeaveAsync(), alice);

        Assert.Single((await servers.ExportAsync(moved)).Records);
        (await moved.CreateRecordAsync(Records.Post())).Ok();
    }

    [Theory]
    [InlineData(DirectoryMood.Down)]
    [InlineData(DirectoryMood.Slow)]
    [InlineData(DirectoryMood.Nonsense)]
    public async Task Every_step_waits_for_the_directory_to_come_back_and_no_account_is_half_made(DirectoryMood mood)
    {
        var alice = await servers.Old.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post())).Ok();

        var refusal = await DuringAsync(mood, () => servers.CreateAccountAsync(alice, alice));
        Assert.Equal("could not resolve iss did", refusal.Refused(401, "AuthenticationRequired").Message);
        Assert.False(await servers.HasAccountAsync(alice.Did));
        var moved = await servers.TakeInAsync(alice, alice);

        await servers.CarryAsync(alice, moved);
        var status = await DuringAsync(mood, () => moved.GetAsync("com.atproto.server.checkAccountStatus"));
        Assert.False(status.Ok().GetProperty("validDid").GetBoolean());

        var operation = await servers.SignAsync(alice, alice, moved);
        IsTheDirectorysFault(await DuringAsync(mood, () => TwoServers.SubmitAsync(moved, operation)));
        Assert.Single((await servers.Old.LogOfAsync(alice.Did)).Entries);
        (await TwoServers.SubmitAsync(moved, operation)).Ok();

        IsTheDirectorysFault(await DuringAsync(mood, () => TwoServers.ActivateAsync(moved)));
        Assert.False((await moved.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
        (await TwoServers.ActivateAsync(moved)).Ok();
        Assert.Single((await servers.ExportAsync(moved)).Records);
    }

    [Theory]
    [InlineData(DirectoryMood.Down)]
    [InlineData(DirectoryMood.Slow)]
    [InlineData(DirectoryMood.Nonsense)]
    public async Task Who_signs_up_meanwhile_is_told_to_come_back(DirectoryMood mood)
    {
        var handle = $"newcomer-{mood}.test".ToLowerInvariant();
        Task<XrpcAnswer> SignUpAsync() => servers.New.Anyone.PostAsync(MovingIn.Method, new { handle, email = $"{handle}@example.com", password = "password" });

        IsTheDirectorysFault(await DuringAsync(mood, SignUpAsync));

        (await servers.New.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle })).Refused(400, "HandleNotFound");
        (await SignUpAsync()).Ok();
    }

    private static void IsTheDirectorysFault(XrpcAnswer answer) =>
        Assert.Contains("PLC directory", answer.Refused(502, "UpstreamFailure").Message, StringComparison.Ordinal);

    private async Task<XrpcAnswer> DuringAsync(DirectoryMood mood, Func<Task<XrpcAnswer>> call)
    {
        servers.Directory.Mood = mood;
        try
        {
            return await call();
        }
        finally
        {
            servers.Directory.Mood = DirectoryMood.Right;
        }
    }
}
