using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Repo;

/// <summary>What comes next in an export: a node with its block, or a record whose bytes the caller has.</summary>
/// <param name="Cid">Of either.</param>
/// <param name="Record">The record's key; null for a node.</param>
/// <param name="Node">The node's bytes; empty for a record.</param>
public readonly record struct ExportItem(Cid Cid, MstKey? Record, ReadOnlyMemory<byte> Node);
