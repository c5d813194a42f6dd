using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Plc;
using Pds.Domain.Repo;
using Pds.Infrastructure.Crypto;
using Pds.TestKit;

namespace Pds.Benchmarks;

/// <summary>What the import of a repo costs a server: its CPU time, its resident size, and how long another account waits for a write meanwhile.</summary>
/// <remarks>With an address and a process it measures the server that runs there; such as does not look at signatures, as the identity is not this program's to change.</remarks>
internal static class ImportLoad
{
    private const int Runs = 4;
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);
    private static readonly KeyFactory Keys = new();

    public static async Task RunAsync(int records, string? url, int? pid)
    {
        var repo = new SampleRepo(records);
        Console.WriteLine($"{records} records, {repo.Nodes.Count} nodes");
        if (url is not null)
        {
            await MeasureAllAsync(repo, url, Process.GetProcessById(pid!.Value), ownsIdentities: false);
            return;
        }

        var data = Directory.CreateTempSubdirectory("pds-import-");
        using (var server = await ServerProcess.StartAsync(data))
        {
            await MeasureAllAsync(repo, server.Url, Process.GetProcessById(server.Id), ownsIdentities: true);
            await server.TerminateAsync();
        }

        data.Delete(recursive: true);
    }

    private static async Task MeasureAllAsync(SampleRepo repo, string url, Process process, bool ownsIdentities)
    {
        var other = await SignUpAsync(url, Keys.Import(PrivateKey.Generate(Curve.K256)).PublicKey);
        await MeasureAsync(new SampleRepo(100), url, process, ownsIdentities, other); // compiles the way there
        for (var run = 1; run <= Runs; run++) await MeasureAsync(repo, url, process, ownsIdentities, other);
    }

    private static async Task MeasureAsync(SampleRepo repo, string url, Process process, bool ownsIdentities, Actor other)
    {
        var (rotation, signing) = (Keys.Import(PrivateKey.Generate(Curve.K256)), Keys.Import(PrivateKey.Generate(Curve.K256)));
        var actor = await SignUpAsync(url, rotation.PublicKey);
        if (ownsIdentities) await ChangeKeyAsync(actor, rotation, signing.PublicKey);
        var car = CarOf(repo, new UnsignedCommit(actor.Did, repo.Root, ForeignRepo.FirstRev).Sign(signing));

        process.Refresh();
        var (before, peak, watch, cpu) = (process.WorkingSet64, 0L, Stopwatch.StartNew(), process.TotalProcessorTime);
        var import = ImportAsync(actor, car);
        var waits = new List<double>();
        while (!import.IsCompleted)
        {
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            var write = Stopwatch.StartNew();
            (await other.CreateRecordAsync(Records.Post())).Ok();
            waits.Add(write.Elapsed.TotalMilliseconds);
            await Task.WhenAny(import, Task.Delay(SampleEvery));
        }

        await import;
        process.Refresh();
        var seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        waits.Sort();
        Console.WriteLine(
            $"{car.Length / Mebibyte:F1} MiB: {watch.Elapsed.TotalSeconds:F2} s, {seconds:F2} s of CPU; resident {before / Mebibyte:F0} MiB before, {peak / Mebibyte:F0} MiB at most; "
            + $"{waits.Count} writes of another account, median {waits[waits.Count / 2]:F1} ms, longest {waits[^1]:F1} ms");
    }

    private static async Task<Actor> SignUpAsync(string url, DidKey recoveryKey)
    {
        var handle = $"i{RandomNumberGenerator.GetHexString(12, lowercase: true)}.test";
        var created = await new XrpcClient(url).PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password = handle, recoveryKey = recoveryKey.ToString() });
        return new Actor(url, created.Ok(), handle);
    }

    /// <summary>The identity names a key of this program's, as that of an account which still lives elsewhere.</summary>
    private static async Task ChangeKeyAsync(Actor actor, ISigningKey rotation, DidKey signing)
    {
        using var http = new HttpClient();
        var last = PlcOperation.Parse(await http.GetByteArrayAsync(new Uri($"{actor.Url}/plc/{actor.Did}/log/last")));
        var operation = PlcRegularOperation.Sign(last.State!.WithSigningKey(signing), last.Cid, rotation);
        using var body = new StringContent(operation.ToJson(), Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri($"{actor.Url}/plc/{actor.Did}"), body)).EnsureSuccessStatusCode();
    }

    private static byte[] CarOf(SampleRepo repo, Commit commit) => ForeignRepo.Write([commit.Cid], [commit.Block, .. repo.Nodes, .. repo.Records.Values]);

    private static async Task ImportAsync(Actor actor, byte[] car)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", actor.Authorization);
        using var content = new ByteArrayContent(car) { Headers = { ContentType = new MediaTypeHeaderValue("application/vnd.ipld.car") } };
        (await http.PostAsync(new Uri($"{actor.Url}/xrpc/com.atproto.repo.importRepo"), content)).EnsureSuccessStatusCode();
    }
}
