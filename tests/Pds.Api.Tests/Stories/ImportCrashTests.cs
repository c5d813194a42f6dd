using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The server is killed while it writes an imported repo.</summary>
public sealed class ImportCrashTests : IDisposable
{
    private const int Size = 3_000;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-import-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_kill_leaves_the_repo_as_it_was_and_what_was_staged_is_removed_after_the_next_start()
    {
        Actor alice;
        byte[] car;
        using (var server = await ServerProcess.StartAsync(_data))
        {
            alice = await server.SignUpAsync("alice.test");
            await alice.FillAsync(Size);
            car = (await alice.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Body;
            foreach (var chunk in Enumerable.Range(10, Size - 10).Chunk(200))
                (await alice.ApplyWritesAsync([.. chunk.Select(number => Writes.Delete(Filling.Collection, $"item-{number}"))])).Ok();

            var import = ImportAsync(alice, car);
            await Eventually.IsTrueAsync(() => DatabaseWalk.Count(_data, "repo_record", "repo_id IN (SELECT repo_id FROM repo_left) AND path > @0", "") > 0);
            await server.KillAsync();
            await import;
        }

        using var again = await ServerProcess.StartAsync(_data);
        alice = again.Again(alice);
        await Eventually.IsTrueAsync(() => DatabaseWalk.Count(_data, "repo_left", "repo_id >= @0", 0) == 0);

        Assert.Equal(10, (await alice.ExportAsync()).Records.Count);
        Assert.Equal(10, DatabaseWalk.Count(_data, "repo_record", "path > @0", ""));
        Assert.Empty(Directory.GetFiles(Path.Combine(_data.FullName, "imports")));
        (await alice.ImportAsync(car)).Ok();
        Assert.Equal(Size, (await alice.ExportAsync()).Records.Count);
    }

    private static async Task ImportAsync(Actor actor, byte[] car)
    {
        try
        {
            await actor.ImportAsync(car);
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }
}
