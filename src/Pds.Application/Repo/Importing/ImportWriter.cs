using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Importing;

/// <summary>Writes a checked repo so that one small save puts it in place: few changes as one commit upon the account's repo, many as a repo of their own beside it.</summary>
internal sealed class ImportWriter(IRepoStore repos, IRepoStaging staging, IRepoGate gate, BlobReferences mentions, TidClock clock)
{
    /// <summary>The most bytes of records that are changed in place.</summary>
    private const int MaxBytesInPlace = 1024 * 1024;

    /// <param name="blocks">All of the repo.</param>
    /// <param name="difference">From the account's repo as it is now.</param>
    /// <param name="imported">The head.</param>
    /// <param name="key">Signs it anew; null to keep it.</param>
    /// <param name="ct">Ends it and leaves nothing.</param>
    public async Task<PreparedImport> WriteAsync(ImportedBlocks blocks, ImportDifference difference, Commit imported, ISigningKey? key, CancellationToken ct)
    {
        var commit = key is null ? imported : SignAnew(blocks.Present, imported, key);
        if (FindSmallChanges(difference, blocks) is { } records)
        {
            var change = InPlace(blocks, commit, records);
            return new PreparedImport(commit, difference, () => repos.Save(change), staged: null);
        }

        blocks.ReleasePresent();
        var staged = await StagedRepo.WriteAsync(staging, gate, commit, blocks, ct);
        return new PreparedImport(commit, difference, staged.Put, staged);
    }

    /// <summary>Later than both heads: to whoever knows one of them, what the import brings is new.</summary>
    private Commit SignAnew(StoredRepo? present, Commit imported, ISigningKey key)
    {
        var last = present is not null && present.Head.Rev > imported.Rev ? present.Head.Rev : imported.Rev;
        return new UnsignedCommit(imported.Did, imported.Data, clock.Next(after: last)).Sign(key);
    }

    private static List<RecordChange>? FindSmallChanges(ImportDifference difference, ImportedBlocks blocks)
    {
        if (difference.Changes is null) return null;
        var (records, bytes) = (new List<RecordChange>(difference.Changes.Count), 0L);
        foreach (var change in difference.Changes)
        {
            Block? block = change.Value is { } cid ? new Block(cid, blocks.Get(cid)) : null;
            bytes += block?.Bytes.Length ?? 0;
            if (bytes > MaxBytesInPlace) return null;
            records.Add(ImportedRecords.ChangeOf(RecordPath.Of(change.Key), block));
        }

        return records;
    }

    private RepoCommit InPlace(ImportedBlocks blocks, Commit commit, List<RecordChange> records)
    {
        var diff = RepoDiff.Of(blocks.PresentTree, [.. records.Select(record => new RecordWrite(record.Path, record.Record))]);
        return new RepoCommit(commit.Did, blocks.Present, diff.With(blocks.Present?.Head, commit), records)
        {
            OnBlobsOrphaned = (orphans, ct) => mentions.DeleteAsync(commit.Did, orphans, ct),
        };
    }
}
