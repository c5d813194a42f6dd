using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>An account is gone, and rows that were its repo's, its blobs' or its events' are still to be removed.</summary>
internal sealed class RepoRemovalRow
{
    public required Did Did { get; init; }

    /// <summary>The number by which the repo's tables know it; null where there was none.</summary>
    public long? RepoId { get; init; }

    /// <summary>The newest event of the account's life; what comes after tells of its end.</summary>
    public required long LastSeq { get; init; }
}
