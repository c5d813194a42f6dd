using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The MST nodes of every repo, in bulk: prepared SQL, no tracking, no copies.</summary>
public interface IBlockStore
{
    /// <summary>One node, or null.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindNodeAsync(long repo, Cid cid, CancellationToken ct);

    /// <summary>A reader that finds node after node on one connection: for walking a tree.</summary>
    INodeReader OpenNodes(long repo);

    /// <summary>The nodes that are newer than a rev, in no particular order.</summary>
    IAsyncEnumerable<Block> ReadNodesSinceAsync(long repo, Tid since, CancellationToken ct);
}

/// <summary>Finds nodes of one repo, one after the other.</summary>
public interface INodeReader : IDisposable
{
    bool TryGet(Cid cid, out ReadOnlyMemory<byte> block);
}
