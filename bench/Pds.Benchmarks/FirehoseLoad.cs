using System.Diagnostics;
using System.Net.WebSockets;
using Pds.TestKit;

namespace Pds.Benchmarks;

/// <summary>What subscribers cost a writer: the latency of createRecord at a steady rate, with nobody listening and with many who do.</summary>
/// <remarks>A server process on this machine; writers and subscribers share its processors, so the second figure is an upper bound.</remarks>
internal static class FirehoseLoad
{
    private const int Commits = 1000;
    private const int CommitsASecond = 200;
    private const int Writers = 8;
    private const int Subscribers = 50;

    public static async Task RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("pds-firehose-");
        using (var server = await ServerProcess.StartAsync(data))
        {
            var actors = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => server.SignUpAsync($"writer{i}.test")));
            await WriteAsync(actors); // until everything is compiled

            Print("nobody listens", await WriteAsync(actors));
            var counts = new int[Subscribers];
            using var ended = new CancellationTokenSource();
            var listening = Enumerable.Range(0, Subscribers).Select(i => ListenAsync(server.Url, counts, i, ended.Token)).ToList();
            await Task.Delay(1000);
            Print($"{Subscribers} listen", await WriteAsync(actors));

            await Task.Delay(1000);
            await ended.CancelAsync();
            await Task.WhenAll(listening);
            Console.WriteLine($"events received by each subscriber: {counts.Min()} to {counts.Max()} of {Commits}");
            await server.TerminateAsync();
        }

        data.Delete(recursive: true);
    }

    /// <summary>Starts a write at every beat, whether the one before has been answered or not; answers with the milliseconds that each took.</summary>
    private static async Task<double[]> WriteAsync(Actor[] actors)
    {
        var writes = new List<Task<double>>(Commits);
        var watch = Stopwatch.StartNew();
        while (writes.Count < Commits)
        {
            var due = TimeSpan.FromSeconds((double)writes.Count / CommitsASecond);
            if (due > watch.Elapsed) await Task.Delay(1);
            else writes.Add(WriteOneAsync(actors[writes.Count % actors.Length]));
        }

        return await Task.WhenAll(writes);
    }

    private static async Task<double> WriteOneAsync(Actor actor)
    {
        var start = Stopwatch.GetTimestamp();
        (await actor.CreateRecordAsync(Records.Post())).Ok();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task ListenAsync(string url, int[] counts, int index, CancellationToken ct)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{url.Replace("http", "ws", StringComparison.Ordinal)}/xrpc/com.atproto.sync.subscribeRepos"), ct);
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                if ((await socket.ReceiveAsync(buffer.AsMemory(), ct)).EndOfMessage) counts[index]++;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or WebSocketException)
        {
            // Measured.
        }
    }

    private static void Print(string what, double[] milliseconds)
    {
        Array.Sort(milliseconds);
        Console.WriteLine(
            $"{what,-16} p50 {At(0.50):F1} ms, p90 {At(0.90):F1} ms, p99 {At(0.99):F1} ms, max {milliseconds[^1]:F1} ms ({Commits} commits at {CommitsASecond}/s)");

        double At(double share) => milliseconds[(int)(share * (milliseconds.Length - 1))];
    }
}
