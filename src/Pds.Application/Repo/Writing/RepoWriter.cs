using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>The heart of a write: head → tree → diff → signed commit → event, all buffered for one flush.</summary>
/// <remarks>Called in the repo's turn (<see cref="Pipeline.IRepoCommand"/>), so the head it reads is the head it replaces.</remarks>
internal sealed class RepoWriter(
    IRepoStore repos, IBlockStore blocks, IRecordIndex records, IKeyring keys, BlobReferences mentions, IEventLog events, TidClock clock)
{
    /// <exception cref="XrpcException">InvalidSwap; a record that must be there is not, or the reverse; a blob that is not there; too large.</exception>
    public async Task<CommitMeta> ApplyAsync(Did did, IReadOnlyList<PreparedWrite> writes, Cid? swapCommit, CancellationToken ct)
    {
        var repo = await repos.FindAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
        Swaps.CheckCommit(swapCommit, repo.Head.Commit);
        await mentions.CheckAsync(did, writes, ct);
        var all = await WithDuplicatesRemovedAsync(repo, writes, ct);
        var key = await keys.GetAsync(did, ct);

        var change = Commit(repo, all, key);
        if (!change.FitsEvent) throw XrpcException.InvalidRequest("Too many writes. Max event size: 2MB");

        Buffer(repo, change, all);
        return new CommitMeta(change.Commit.Cid, change.Commit.Rev);
    }

    /// <summary>The pure part: no waiting, nothing shared.</summary>
    private RepoChange Commit(StoredRepo repo, IReadOnlyList<PreparedWrite> writes, ISigningKey key)
    {
        using var snapshot = blocks.OpenSnapshot(repo.Did)!;
        var before = MstTree.Load(repo.Head.Data, snapshot);
        CheckActions(before, writes);

        var diff = RepoDiff.Of(before, [.. writes.Select(write => new RecordWrite(write.Path, write.Record))]);
        return diff.Sign(repo.Head, repo.Did, clock.Next(after: repo.Head.Rev), key);
    }

    /// <summary>A create finds nothing there, an update and a delete find something; what came earlier in the batch counts.</summary>
    private static void CheckActions(MstTree before, IReadOnlyList<PreparedWrite> writes)
    {
        var touched = new Dictionary<RecordPath, bool>(writes.Count);
        foreach (var write in writes)
        {
            var exists = touched.TryGetValue(write.Path, out var known) ? known : before.Get(write.Path.Key) is not null;
            if (write.Action == RepoAction.Create && exists) throw XrpcException.InvalidRequest($"Record already exists: {write.Uri}");
            if (write.Action != RepoAction.Create && !exists) throw XrpcException.RecordNotFound(write.Uri);
            touched[write.Path] = write.Action != RepoAction.Delete;
        }
    }

    /// <summary>A second like, repost, follow or block of one subject takes the place of the first, in the same commit.</summary>
    private async Task<IReadOnlyList<PreparedWrite>> WithDuplicatesRemovedAsync(
        StoredRepo repo, IReadOnlyList<PreparedWrite> writes, CancellationToken ct)
    {
        var removals = new List<PreparedWrite>();
        foreach (var write in writes)
        {
            if (write is not { ReplacesDuplicates: true, Subject: { } subject }) continue;
            foreach (var earlier in await records.FindBySubjectAsync(repo.Did, write.Path.Collection, subject, ct))
            {
                if (earlier != write.Path) removals.Add(RecordPreparer.Delete(repo.Did, earlier.Collection, earlier.Rkey));
            }
        }

        return removals.Count == 0 ? writes : [.. writes, .. removals];
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
