using Pds.Application.Accounts;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A repo as it stands.</summary>
/// <param name="Id">What the other stores of repo data call it.</param>
/// <param name="CommitBlock">The signed commit as it is encoded.</param>
public sealed record StoredRepo(long Id, Did Did, RepoHead Head, ReadOnlyMemory<byte> CommitBlock);

/// <summary>One line of <c>listRepos</c>.</summary>
public sealed record RepoListing(Did Did, Cid Head, Tid Rev, AccountStatus Status, DateTimeOffset CreatedAt);

/// <summary>How much is in a repo.</summary>
/// <param name="Blocks">The commit, the nodes of the tree, and the records, equal ones counted once.</param>
/// <param name="Records">The records, each path counted.</param>
public readonly record struct RepoSize(long Blocks, long Records);

/// <summary>Heads and what moves them.</summary>
public interface IRepoStore
{
    ValueTask<StoredRepo?> FindAsync(Did did, CancellationToken ct);

    /// <summary>Buffers one commit with all that belongs to it; saved with the unit of work, which fails if the head has moved meanwhile.</summary>
    void Save(RepoCommit commit);

    /// <summary>Counts what is in a repo; nothing for one that is not here.</summary>
    Task<RepoSize> CountAsync(Did did, CancellationToken ct);

    /// <summary>Repos in the order their accounts were made, from after the cursor on.</summary>
    Task<IReadOnlyList<RepoListing>> ListAsync(AccountCursor? after, int limit, CancellationToken ct);
}
