using BenchmarkDotNet.Attributes;
using Pds.Domain.Data;

namespace Pds.Benchmarks;

/// <summary>A post as a record.</summary>
[MemoryDiagnoser]
public class DagCborBenchmarks
{
    private readonly LexObject _record = SampleRepo.Record(1);
    private readonly byte[] _bytes = DagCborWriter.Encode(SampleRepo.Record(1));

    [Benchmark]
    public byte[] Encode() => DagCborWriter.Encode(_record);

    [Benchmark]
    public LexObject Decode() => DagCborReader.DecodeObject(_bytes);

    [Benchmark]
    public Cid Hash() => Cid.Of(CidCodec.DagCbor, _bytes);
}
