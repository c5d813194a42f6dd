using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The server is killed while it removes a large account, and finishes after the next start.</summary>
public sealed class RemovalCrashTests : IDisposable
{
    private const int Size = 6_000;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-removal-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task What_a_kill_left_of_an_account_is_removed_and_others_are_unharmed()
    {
        Actor alice, bob;
        using (var server = await ServerProcess.StartAsync(_data, ("PDS_ADMIN_PASSWORD", "admin")))
        {
            (alice, bob) = (await server.SignUpAsync("alice.test"), await server.SignUpAsync("bob.test"));
            await alice.FillAsync(Size);
            await alice.PublishBlobAsync("a file");
            await bob.FillAsync(10);

            await using var firehose = await FirehoseReader.OpenAsync(server.Url, "?cursor=0");
            var deletion = DeleteAsync(server, alice);
            while (await firehose.NextAsync() is { } frame && frame.Body.Text("status") != "deleted")
            {
                // until the account is gone and its data have begun to go
            }

            await server.KillAsync();
            await deletion;
        }

        using var again = await ServerProcess.StartAsync(_data);
        await Eventually.IsTrueAsync(() => DatabaseWalk.Count(_data, "repo_removal", "did = @0", alice.Did.Value) == 0);

        Assert.Equal(["plc_operation.did", "repo_event.did", "repo_event.frame"], DatabaseWalk.ColumnsWith(_data, alice.Did.Value));
        Assert.Equal(10, DatabaseWalk.Count(_data, "repo_record", "path LIKE @0", "com.example.%"));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_data.FullName, "blobs"), alice.Did.Value));
        (await again.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = alice.Did.Value })).Refused(400, "RepoNotFound");
        Assert.Equal(10, (await again.Again(bob).ExportAsync()).Records.Count);
        await again.SignUpAsync("alice.test"); // the name is free
    }

    private static async Task DeleteAsync(ServerProcess server, Actor actor)
    {
        try
        {
            var admin = new XrpcClient(server.Url) { Authorization = $"Basic {Convert.ToBase64String("admin:admin"u8)}" };
            await admin.PostAsync("com.atproto.admin.deleteAccount", new { did = actor.Did.Value });
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }
}
