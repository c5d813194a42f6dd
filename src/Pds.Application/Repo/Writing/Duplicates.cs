using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Likes, reposts, follows and blocks of which there is one already.</summary>
internal sealed class Duplicates(IRecordIndex records)
{
    /// <summary>A second one of one subject takes the place of the first, in the same commit: the writes, and the removals that this takes.</summary>
    public async ValueTask<IReadOnlyList<PreparedWrite>> WithRemovalsAsync(Did did, IReadOnlyList<PreparedWrite> writes, CancellationToken ct)
    {
        var removals = new List<PreparedWrite>();
        foreach (var write in writes)
        {
            if (write is not { ReplacesDuplicates: true, Subject: { } subject }) continue;
            foreach (var earlier in await records.FindBySubjectAsync(did, write.Path.Collection, subject, ct))
            {
                if (earlier != write.Path) removals.Add(RecordPreparer.Delete(did, earlier.Collection, earlier.Rkey));
            }
        }

        return removals.Count == 0 ? writes : [.. writes, .. removals];
    }
}
