using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>One step of a <see cref="MstWalker"/>: a node to enter or skip, or a record.</summary>
/// <param name="IsNode">A node; otherwise a record.</param>
/// <param name="Cid">Of the node or of the record.</param>
/// <param name="Key">The record's key; nothing for a node.</param>
/// <param name="Layer">Where the node stands, or the record's key; null for the root, which is known once it is entered. A subtree of layer <c>n</c> has about 4ⁿ⁺¹ keys.</param>
public readonly record struct MstStep(bool IsNode, Cid Cid, MstKey Key, int? Layer);
