using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>One key of a node, the record it names, and the subtree of the keys between it and the next key of the node.</summary>
internal readonly struct MstEntry(MstKey key, Cid value, MstLink? right)
{
    public MstKey Key => key;

    public Cid Value => value;

    public MstLink? Right => right;
}
