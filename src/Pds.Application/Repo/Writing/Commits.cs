using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Makes signed commits of writes: tree → diff → signature. Nothing is stored.</summary>
internal sealed class Commits(IBlockStore blocks, IKeyring keys, TidClock clock)
{
    /// <exception cref="XrpcException">A record that must be there is not, or the reverse; too large.</exception>
    public async ValueTask<RepoChange> MakeAsync(StoredRepo repo, IReadOnlyList<PreparedWrite> writes, CancellationToken ct)
    {
        var key = await keys.GetAsync(repo.Did, ct);

        var change = Make(repo, writes, key);
        return change.FitsEvent ? change : throw XrpcException.InvalidRequest("Too many writes. Max event size: 2MB");
    }

    /// <summary>The pure part: no waiting, nothing shared.</summary>
    private RepoChange Make(StoredRepo repo, IReadOnlyList<PreparedWrite> writes, ISigningKey key)
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
}
