using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>A key of the tree and the CID of its record.</summary>
public readonly record struct MstLeaf(MstKey Key, Cid Value);
