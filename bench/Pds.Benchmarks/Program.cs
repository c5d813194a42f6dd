using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Pds.Benchmarks;

// Two that measure a whole server: dotnet run -c Release --project bench/Pds.Benchmarks -- firehose (or export-memory).
if (args is ["firehose"]) await FirehoseLoad.RunAsync();
else if (args is ["export-memory"]) await ExportMemory.RunAsync();
else
{
    // In process, so that the benchmarks need no build of their own. Example: dotnet run -c Release --project bench/Pds.Benchmarks -- --filter '*Mst*'
    var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    BenchmarkSwitcher.FromAssembly(typeof(FirehoseLoad).Assembly).Run(args, config);
}
