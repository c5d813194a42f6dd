using System.Collections;
using Pds.Domain.Data;

namespace Pds.Domain.Repo;

/// <summary>Blocks by CID, each once, in the order in which they were first added.</summary>
public sealed class BlockSet : IBlockSource, IReadOnlyCollection<Block>
{
    private readonly OrderedDictionary<Cid, ReadOnlyMemory<byte>> _blocks = [];

    public BlockSet()
    {
    }

    public BlockSet(IEnumerable<Block> blocks) => AddRange(blocks);

    public int Count => _blocks.Count;

    /// <summary>Adds a block; one that is there already stays where it is.</summary>
    public void Add(Block block) => _blocks.TryAdd(block.Cid, block.Bytes);

    public void AddRange(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks) Add(block);
    }

    public bool Remove(Cid cid) => _blocks.Remove(cid);

    public bool Contains(Cid cid) => _blocks.ContainsKey(cid);

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) => _blocks.TryGetValue(cid, out block);

    public IEnumerator<Block> GetEnumerator()
    {
        foreach (var (cid, bytes) in _blocks) yield return new Block(cid, bytes);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
