using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Maintenance;

/// <summary>Removes uploads that no record came to mention within a day. Answers how many.</summary>
public sealed record CollectTemporaryBlobs : ICommand<int>
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private const int Batch = 100;

    internal sealed class Handler(IBlobIndex index, IBlobStore store, IRepoGate gate, TimeProvider time) : IRequestHandler<CollectTemporaryBlobs, int>
    {
        public async Task<int> Handle(CollectTemporaryBlobs command, CancellationToken ct)
        {
            var before = time.GetUtcNow() - MaxAge;
            var removed = 0;
            while (await index.ListExpiredAsync(before, Batch, ct) is { Count: > 0 } expired)
            {
                foreach (var (did, cid) in expired) removed += await RemoveAsync(did, cid, before, ct) ? 1 : 0;
            }

            return removed;
        }

        private async Task<bool> RemoveAsync(Did did, Cid cid, DateTimeOffset before, CancellationToken ct)
        {
            // In the account's turn, and asked again: a record may have mentioned it, or an upload renewed it, since the list was made.
            using var turn = await gate.EnterAsync(did, ct);
            if (!await index.RemoveTemporaryAsync(did, cid, before, ct)) return false;
            await store.DeleteAsync(did, cid, ct);
            return true;
        }
    }
}
