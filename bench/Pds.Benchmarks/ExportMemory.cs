using System.Diagnostics;
using Pds.TestKit;

namespace Pds.Benchmarks;

/// <summary>What the export of a large repo costs the server in memory: its resident size before and while getRepo runs.</summary>
internal static class ExportMemory
{
    private const int RecordCount = 200_000;
    private const int Chunk = 2000;
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("pds-export-");
        var (alice, bob) = await FillAsync(data);

        using (var server = await ServerProcess.StartAsync(data)) // anew: what filling took does not count
        {
            await ExportAsync(server.Again(bob)); // compiles the way there
            Console.WriteLine($"before: {server.ReadResidentBytes() / Mebibyte:F0} MiB resident");
            for (var run = 1; run <= 3; run++) await MeasureAsync(server, [alice]);
            await MeasureAsync(server, [alice, alice, alice, alice]);
            await server.TerminateAsync();
        }

        data.Delete(recursive: true);
    }

    private static async Task<(Actor Large, Actor Small)> FillAsync(DirectoryInfo data)
    {
        using var server = await ServerProcess.StartAsync(data);
        var (large, small) = (await server.SignUpAsync("alice.test"), await server.SignUpAsync("bob.test"));
        await small.FillAsync(1000);
        var watch = Stopwatch.StartNew();
        for (var from = 0; from < RecordCount; from += Chunk) await large.FillAsync(Chunk, from);
        Console.WriteLine($"filled with {RecordCount} records in {watch.Elapsed.TotalSeconds:F0} s; {server.ReadResidentBytes() / Mebibyte:F0} MiB resident then");
        await server.TerminateAsync();
        return (large, small);
    }

    private static async Task MeasureAsync(ServerProcess server, IReadOnlyList<Actor> actors)
    {
        var watch = Stopwatch.StartNew();
        var exports = Task.WhenAll(actors.Select(actor => ExportAsync(server.Again(actor))));
        var (peak, before) = (0L, server.ReadResidentBytes());
        while (!exports.IsCompleted)
        {
            peak = Math.Max(peak, server.ReadResidentBytes());
            await Task.WhenAny(exports, Task.Delay(SampleEvery));
        }

        var length = (await exports).Sum();
        Console.WriteLine($"{actors.Count} at once: {length / Mebibyte:F0} MiB sent in {watch.Elapsed.TotalSeconds:F1} s; resident {before / Mebibyte:F0} MiB before, {peak / Mebibyte:F0} MiB at most");
    }

    /// <summary>Reads the CAR and throws it away; answers with its length.</summary>
    private static async Task<long> ExportAsync(Actor actor)
    {
        using var http = new HttpClient();
        await using var car = await http.GetStreamAsync(new Uri($"{actor.Url}/xrpc/com.atproto.sync.getRepo?did={actor.Did}"));
        var (buffer, length) = (new byte[64 * 1024], 0L);
        for (int read; (read = await car.ReadAsync(buffer)) > 0;) length += read;
        return length;
    }
}
