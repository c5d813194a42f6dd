using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Maintenance;

/// <summary>Removes files that no account knows as a blob: what a crash left between a commit and the deletion after it. Answers how many.</summary>
public sealed record CollectOrphanBlobs : ICommand<int>
{
    /// <summary>Younger files may belong to an upload that is about to be saved.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    internal sealed class Handler(IBlobIndex index, IBlobStore store, IRepoGate gate, TimeProvider time) : IRequestHandler<CollectOrphanBlobs, int>
    {
        public async Task<int> Handle(CollectOrphanBlobs command, CancellationToken ct)
        {
            var removed = 0;
            await foreach (var (did, cid) in store.ListAsync(time.GetUtcNow() - MinAge, ct))
            {
                if (await index.FindAsync(did, cid, ct) is not null) continue;

                // Asked again in the account's turn, in which uploads are saved.
                using var turn = await gate.EnterAsync(did, ct);
                if (await index.FindAsync(did, cid, ct) is not null) continue;
                await store.DeleteAsync(did, cid, ct);
                removed++;
            }

            return removed;
        }
    }
}
