using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

public sealed class FullDiskTests
{
    private const int Large = 100_000;

    [SmallDiskFact]
    public async Task A_full_disk_refuses_writes_keeps_what_there_is_and_works_again_when_there_is_room()
    {
        using var disk = new SmallDisk(megabytes: 12);
        using var server = await ServerProcess.StartAsync(disk.Directory);
        var alice = await server.SignUpAsync("alice.test");
        var written = await FillUpAsync(alice, disk);
        var (head, _) = await alice.GetLatestCommitAsync();

        var refusal = await PutLargeAsync(alice, "refused");
        var blob = await alice.PostAsync("com.atproto.repo.uploadBlob", new byte[10 * Large], "text/plain");

        refusal.Refused(503, "NotEnoughResources");
        Assert.Equal("The server cannot write to its disk", refusal.Message);
        blob.Refused(503, "NotEnoughResources");
        Assert.Equal(head, (await alice.GetLatestCommitAsync()).Cid);
        Assert.Equal(written.ToHashSet(), (await alice.ExportAsync()).Records.Keys.ToHashSet());

        disk.Free();
        (await PutLargeAsync(alice, "again")).Ok();
        await alice.PublishBlobAsync("there is room again");
        Assert.Equal(written.Count + 2, (await alice.ExportAsync()).Records.Count);
        Assert.Equal(1 + written.Count + 2, await CountCommitsAsync(server, alice));
        Assert.Equal(0, await server.TerminateAsync());
    }

    /// <summary>Fills the disk, and then writes until the server refuses; answers the paths of the records that it has taken.</summary>
    private static async Task<List<string>> FillUpAsync(Actor actor, SmallDisk disk)
    {
        var written = new List<string>();
        disk.Fill(except: 3 * Large);
        for (var i = 0; i < 100; i++)
        {
            var put = await PutLargeAsync(actor, $"large-{i}");
            if ((int)put.Status != 200)
            {
                put.Refused(503, "NotEnoughResources");
                disk.Fill(except: 0);
                return written;
            }

            written.Add($"{Filling.Collection}/large-{i}");
        }

        throw new InvalidOperationException("The disk does not fill up");
    }

    private static Task<XrpcAnswer> PutLargeAsync(Actor actor, string rkey) =>
        actor.PutRecordAsync(new { about = rkey, text = new string('x', Large) }, Filling.Collection, rkey);

    private static async Task<int> CountCommitsAsync(ServerProcess server, Actor actor)
    {
        var (head, _) = await actor.GetLatestCommitAsync();
        var relay = await CommitVerifier.FromTheStartAsync(actor, actor.Did);
        await using var firehose = await FirehoseReader.OpenAsync(server.Url, "?cursor=0");
        for (var count = 0; ;)
        {
            var frame = await firehose.NextAsync();
            if (frame.Type != "#commit") continue;
            count++;
            if (relay.Verify(frame).Cid == head) return count;
        }
    }
}
