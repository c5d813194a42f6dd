using BenchmarkDotNet.Attributes;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Benchmarks;

/// <summary>One write, from a root CID and stored blocks to new blocks; nothing is loaded beforehand.</summary>
[MemoryDiagnoser]
public class MstBenchmarks
{
    private SampleRepo _repo = null!;
    private RecordPath _middle = null!;

    [Params(1_000, 100_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void SetUp() => (_repo, _middle) = (new SampleRepo(Records), SampleRepo.Path(Records / 2));

    [Benchmark]
    public Cid? Get() => Load().Get(_middle.Key);

    [Benchmark]
    public Cid Insert() => Load().Put(_repo.Next.Path.Key, _repo.Next.Record!.Value.Cid, out _).RootCid;

    /// <summary>All that createRecord takes but signing: insert, new and removed nodes, ops, covering proof.</summary>
    [Benchmark]
    public RepoDiff Create() => RepoDiff.Of(Load(), [_repo.Next]);

    [Benchmark]
    public RepoDiff Update() => RepoDiff.Of(Load(), [new RecordWrite(_middle, _repo.Next.Record)]);

    [Benchmark]
    public RepoDiff Delete() => RepoDiff.Of(Load(), [new RecordWrite(_middle, null)]);

    private MstTree Load() => MstTree.Load(_repo.Root, _repo.Nodes);
}
