using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The blocks of every repo, in bulk: prepared SQL, no tracking, no copies.</summary>
public interface IBlockStore
{
    /// <summary>The repo as it is now, for as long as the snapshot is held; null where there is none.</summary>
    IRepoSnapshot? OpenSnapshot(Did did);
}

/// <summary>One repo at one moment: what is written meanwhile does not show. Finds nodes and reads records on one connection; one thread at a time.</summary>
/// <remarks>Hold it no longer than it takes: the database keeps what has been replaced since.</remarks>
public interface IRepoSnapshot : IBlockSource, IDisposable
{
    StoredRepo Repo { get; }

    /// <summary>Reads nodes ahead in one go, as many as fit a fixed part of memory: before a walk over the whole tree.</summary>
    void ReadAhead();

    /// <summary>Steps to the next record in key order, beginning with the first; false at the end.</summary>
    bool TryNextRecord(out Block record);

    /// <summary>A record of the repo by its CID.</summary>
    bool TryGetRecord(Cid cid, out ReadOnlyMemory<byte> record);

    /// <summary>The nodes, then the records, that are newer than a rev; in no particular order.</summary>
    IEnumerable<Block> BlocksSince(Tid rev);
}
