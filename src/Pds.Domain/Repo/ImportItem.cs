using Pds.Domain.Data;

namespace Pds.Domain.Repo;

/// <summary>What comes next in a repo that is read from elsewhere: a node of the tree, or a record.</summary>
/// <param name="Block">Of either, checked.</param>
/// <param name="Path">The record's; null for a node.</param>
public readonly record struct ImportItem(Block Block, RecordPath? Path);
