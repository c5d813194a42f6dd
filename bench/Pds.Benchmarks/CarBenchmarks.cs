using System.Buffers;
using BenchmarkDotNet.Attributes;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;

namespace Pds.Benchmarks;

/// <summary>A whole repo of 1,000 records out and in again.</summary>
[MemoryDiagnoser]
public class CarBenchmarks
{
    private readonly SampleRepo _repo = new(1_000);
    private readonly ArrayBufferWriter<byte> _output = new(1024 * 1024);
    private byte[] _car = [];

    [GlobalSetup]
    public void SetUp()
    {
        Export();
        _car = _output.WrittenSpan.ToArray();
    }

    /// <summary>getRepo without its storage: walk, check every node, write.</summary>
    [Benchmark]
    public int Export()
    {
        _output.ResetWrittenCount();
        CarWriter.WriteHeader(_output, _repo.Root);
        foreach (var item in RepoExport.PreOrder(_repo.Root, _repo.Nodes))
            CarWriter.WriteBlock(_output, item.Cid, item.Record is null ? item.Node.Span : _repo.Records[item.Cid].Bytes.Span);
        return _output.WrittenCount;
    }

    [Benchmark]
    public CarFile Read() => CarReader.Read(_car);

    [Benchmark]
    public async Task<int> ReadStream()
    {
        var reader = await CarReader.OpenAsync(new MemoryStream(_car), CancellationToken.None);
        var count = 0;
        await foreach (var block in reader.ReadBlocksAsync(CancellationToken.None)) count += block.Bytes.Length;
        return count;
    }
}
