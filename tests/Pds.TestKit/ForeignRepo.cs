using System.Buffers;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>A repo as another server has it: what its owner exports there, for the test to sign and to spoil.</summary>
public sealed class ForeignRepo(Did did, ISigningKey key)
{
    public const string Collection = "com.example.item";

    /// <summary>Of 2023: before any that this server makes.</summary>
    public static readonly Tid FirstRev = Tid.Parse("3jzfcijpj2z2a");

    private readonly Dictionary<Cid, Block> _records = [];

    public MstTree Tree { get; private set; } = MstTree.Empty;

    public Tid Rev { get; set; } = FirstRev;

    public ISigningKey Key { get; set; } = key;

    /// <summary>Every record's CID by its path.</summary>
    public IReadOnlyDictionary<string, Cid> Records => Tree.Walk().ToDictionary(leaf => leaf.Key.ToString(), leaf => leaf.Value);

    public Commit Commit => new UnsignedCommit(did, Tree.RootCid, Rev).Sign(Key);

    /// <summary>The commit, the nodes from the root on, and the records.</summary>
    public IReadOnlyList<Block> Blocks => [Commit.Block, .. Tree.NodeChanges().Added, .. _records.Values];

    /// <summary>The whole of it as a CAR.</summary>
    public byte[] Car => Write([Commit.Cid], Blocks);

    /// <summary>A CAR of anything.</summary>
    public static byte[] Write(IReadOnlyList<Cid> roots, IEnumerable<Block> blocks)
    {
        var car = new ArrayBufferWriter<byte>();
        var header = new CarHeader(roots).Encode();
        Varint.Write(car, (ulong)header.Length);
        car.Write(header);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return car.WrittenSpan.ToArray();
    }

    /// <summary>Some small record of the collection of its own.</summary>
    public static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue>
    {
        [LexObject.TypeKey] = new LexString(Collection),
        ["number"] = new LexInteger(number),
    })));

    /// <summary>Sets a record, whatever it is.</summary>
    public ForeignRepo Put(string path, Block record)
    {
        _records[record.Cid] = record;
        Tree = Tree.Put(MstKey.Parse(path), record.Cid, out _);
        return this;
    }

    public ForeignRepo Put(string path, LexObject record) => Put(path, Block.Of(DagCborWriter.Encode(record)));

    public ForeignRepo Remove(string path)
    {
        Tree = Tree.Remove(MstKey.Parse(path), out _);
        return this;
    }

    /// <summary>Adds small records, each different.</summary>
    public ForeignRepo Fill(int count, int from = 0)
    {
        for (var number = from; number < from + count; number++) Put(PathOf(number), Record(number));
        return this;
    }

    public static string PathOf(int number) => $"{Collection}/item-{number}";
}
