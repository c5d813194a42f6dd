using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Pds.Benchmarks;

// Three that measure a whole server: dotnet run -c Release --project bench/Pds.Benchmarks -- firehose (or export-memory, or import 200000).
if (args is ["firehose"]) await FirehoseLoad.RunAsync();
else if (args is ["export-memory"]) await ExportMemory.RunAsync();
else if (args is ["import", var records]) await ImportLoad.RunAsync(int.Parse(records, CultureInfo.InvariantCulture), url: null, pid: null);
else if (args is ["import", var count, var url, var pid])
    await ImportLoad.RunAsync(int.Parse(count, CultureInfo.InvariantCulture), url, int.Parse(pid, CultureInfo.InvariantCulture));
else
{
    // In process, so that the benchmarks need no build of their own. Example: dotnet run -c Release --project bench/Pds.Benchmarks -- --filter '*Mst*'
    var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    BenchmarkSwitcher.FromAssembly(typeof(FirehoseLoad).Assembly).Run(args, config);
}
