using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>One commit and what it does to the stores: written in one transaction with its event.</summary>
/// <param name="Before">The repo it was made from; null for a repo's first commit.</param>
/// <param name="Records">One for each of the change's ops.</param>
public sealed record RepoCommit(Did Did, StoredRepo? Before, RepoChange Change, IReadOnlyList<RecordChange> Records)
{
    /// <summary>Called with the blobs whose last mention went away, once the commit is durable.</summary>
    public required Func<IReadOnlyList<Cid>, CancellationToken, Task> OnBlobsOrphaned { get; init; }
}

/// <summary>One record set or removed.</summary>
/// <param name="Record">The new content; null for a removal.</param>
/// <param name="Subject">What a like, repost, follow or block points at, by which an earlier one is found; null for any other record.</param>
/// <param name="Blobs">Every blob that the new content mentions.</param>
public sealed record RecordChange(RecordPath Path, Block? Record, string? Subject, IReadOnlyCollection<Cid> Blobs);
