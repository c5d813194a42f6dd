using System.Buffers;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Repo;

/// <summary>Proofs of records: a right one is believed, and one that is wrong anywhere is not.</summary>
public sealed class RecordProofTests : IDisposable
{
    private static readonly Did Alice = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static readonly RecordPath Path = RecordPath.Parse("com.example.thing/one");
    private static readonly Block Record = Block.Of(DagCborWriter.Encode(new LexString("the record")));

    private readonly TestKey _key = new();
    private readonly MstTree _tree = Enumerable.Range(0, 200).Aggregate(MstTree.Empty, (tree, i) => tree.Put(RecordPath.Parse($"com.example.thing/{i}").Key, Record.Cid, out _)).Put(Path.Key, Record.Cid, out _);
    private readonly Commit _commit;

    public RecordProofTests() => _commit = new UnsignedCommit(Alice, _tree.RootCid, Tid.Parse("3jzfcijpj2z2a")).Sign(_key);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Answers_the_record()
    {
        var proof = Verify(Blocks());

        Assert.Equal((Record.Cid, _commit.Rev), (proof.Record.Cid, proof.Rev));
    }

    [Fact]
    public void Does_not_believe_a_proof_of_another_repo() => Refused("repo of", Blocks(), Did.Parse("did:plc:44ybard66vv44zksje25o7dz"));

    [Fact]
    public void Does_not_believe_a_signature_by_another_key()
    {
        using var other = new TestKey();
        var forged = new UnsignedCommit(Alice, _tree.RootCid, Tid.Parse("3jzfcijpj2z2a")).Sign(other);

        Refused("not signed", Blocks(forged), root: forged.Cid);
    }

    [Fact]
    public void Does_not_believe_what_is_not_in_the_tree()
    {
        var absent = RecordPath.Parse("com.example.thing/absent");

        Refused("no record", Blocks(path: absent), path: absent);
    }

    [Fact]
    public void Needs_every_block_of_the_proof()
    {
        var blocks = Blocks();

        foreach (var missing in blocks) Assert.Throws<DataModelException>(() => Verify(blocks.Where(block => block.Cid != missing.Cid)));
    }

    [Fact]
    public void Does_not_believe_a_proof_in_which_any_byte_is_another()
    {
        var car = Car(Blocks(), _commit.Cid);

        for (var i = 0; i < car.Length; i++)
        {
            var damaged = car.ToArray();
            damaged[i] ^= 0x01;

            Assert.ThrowsAny<FormatException>(() => RecordProof.Verify(damaged, Alice, Path, _key, _key.PublicKey));
        }
    }

    private void Refused(string reason, IEnumerable<Block> blocks, Did? did = null, RecordPath? path = null, Cid? root = null)
    {
        var refusal = Assert.Throws<DataModelException>(() => RecordProof.Verify(Car(blocks, root ?? _commit.Cid), did ?? Alice, path ?? Path, _key, _key.PublicKey));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private RecordProof Verify(IEnumerable<Block> blocks) => RecordProof.Verify(Car(blocks, _commit.Cid), Alice, Path, _key, _key.PublicKey);

    private BlockSet Blocks(Commit? commit = null, RecordPath? path = null)
    {
        var blocks = new BlockSet([(commit ?? _commit).Block]);
        MstProof.Path(_tree, (path ?? Path).Key, blocks);
        blocks.Add(Record);
        return blocks;
    }

    private static byte[] Car(IEnumerable<Block> blocks, Cid root)
    {
        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, root);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return car.WrittenSpan.ToArray();
    }
}
