using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>The heart of a write: head → tree → diff → signed commit → event, all buffered for one flush.</summary>
/// <remarks>Called in the repo's turn (<see cref="Pipeline.IRepoCommand"/>), so the head it reads is the head it replaces.</remarks>
internal sealed class RepoWriter(IRepoStore repos, Commits commits, Duplicates duplicates, BlobReferences mentions, IEventLog events)
{
    /// <exception cref="XrpcException">InvalidSwap; a record that must be there is not, or the reverse; a blob that is not there; too large.</exception>
    public async Task<CommitMeta> ApplyAsync(Did did, IReadOnlyList<PreparedWrite> writes, Cid? swapCommit, CancellationToken ct)
    {
        var repo = await repos.FindAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
        Swaps.CheckCommit(swapCommit, repo.Head.Commit);
        await mentions.CheckAsync(did, writes, ct);

        var all = await duplicates.WithRemovalsAsync(did, writes, ct);
        var change = await commits.MakeAsync(repo, all, ct);

        Buffer(repo, change, all);
        return new CommitMeta(change.Commit.Cid, change.Commit.Rev);
    }

    private void Buffer(StoredRepo repo, RepoChange change, IReadOnlyList<PreparedWrite> writes)
    {
        repos.Save(new RepoCommit(repo.Did, repo, change, [.. Changes(change, writes)])
        {
            OnBlobsOrphaned = (orphans, ct) => mentions.DeleteAsync(repo.Did, orphans, ct),
        });
        events.Append(CommitEvent.Of(change));
    }

    /// <summary>The records as the net ops leave them: of several writes to one path, the last.</summary>
    private static IEnumerable<RecordChange> Changes(RepoChange change, IReadOnlyList<PreparedWrite> writes)
    {
        foreach (var op in change.Diff.Ops)
        {
            var write = writes.Last(candidate => candidate.Path == op.Path);
            yield return new RecordChange(op.Path, write.Record, write.Subject, [.. write.Blobs.Select(mention => mention.Blob.Ref).Distinct()]);
        }
    }
}
