using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Removes rows whose time has run out, by one statement that removes some of them and is run again: nobody else's save waits for more than some milliseconds.</summary>
internal static class ExpiredRows
{
    /// <param name="statement">Takes the moment as <c>@0</c>, and removes a bounded number of rows.</param>
    public static async Task<int> RemoveAsync(GroupCommit writer, string statement, DateTimeOffset moment, CancellationToken ct)
    {
        var (all, removed) = (0, 1);
        while (removed > 0)
        {
            ct.ThrowIfCancellationRequested();
            await writer.SaveAsync(new PendingSave(context: null, [sql => removed = sql.Execute(statement, moment.ToUnixTimeMilliseconds())], events: []));
            all += removed;
        }

        return all;
    }
}
