using System.Buffers;
using BenchmarkDotNet.Attributes;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Benchmarks;

/// <summary>The commit round a diff, by a key that costs nothing: encoding, hashing and the event's CAR.</summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private readonly Did _did = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private readonly Tid _rev = Tid.Parse("3jzfcijpj2z2a");
    private readonly FreeKey _key = new();
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private RepoDiff _diff = null!;
    private Commit _commit = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var repo = new SampleRepo(10_000);
        _diff = RepoDiff.Of(MstTree.Load(repo.Root, repo.Nodes), [repo.Next]);
        _commit = Sign().Commit;
    }

    [Benchmark]
    public RepoChange Sign() => _diff.Sign(null, _did, _rev, _key);

    [Benchmark]
    public int SignAndWriteCar()
    {
        _output.ResetWrittenCount();
        Sign().WriteCar(_output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public Commit Decode() => Commit.Decode(_commit.Block.Bytes);

    private sealed class FreeKey : ISigningKey
    {
        private readonly byte[] _signature = new byte[64];

        public DidKey PublicKey => throw new NotSupportedException("Signs for nobody");

        public byte[] Sign(ReadOnlySpan<byte> message) => _signature;
    }
}
