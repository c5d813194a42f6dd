using Pds.Domain.Data;

namespace Pds.Domain.Repo;

/// <summary>One write of a batch: the record's block, or null to delete it.</summary>
/// <remarks>Whether a create may find a record there, or an update none, is the caller's question; the diff tells what it came to.</remarks>
public sealed record RecordWrite(RecordPath Path, Block? Record);
