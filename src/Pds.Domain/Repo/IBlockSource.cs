using Pds.Domain.Data;

namespace Pds.Domain.Repo;

/// <summary>Where a tree finds its blocks: fetched beforehand, or in storage that answers at once.</summary>
/// <remarks>The bytes must be those that the CID names. Whoever lets bytes into the server has checked that; nobody checks it again here.</remarks>
public interface IBlockSource
{
    bool TryGet(Cid cid, out ReadOnlyMemory<byte> block);

    /// <summary>Whether every node in it was checked when it was let in, as in this server's own storage: then its keys need not be hashed again to see their layer.</summary>
    bool HoldsCheckedNodes => false;
}
