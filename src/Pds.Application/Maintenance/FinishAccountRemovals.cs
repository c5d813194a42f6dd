using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Maintenance;

/// <summary>Removes what is left of deleted accounts where a crash or a full disk came in between. Answers how many accounts there were.</summary>
public sealed record FinishAccountRemovals : ICommand<int>
{
    internal sealed class Handler(IAccountEraser eraser, AccountRemoval removal, IRepoGate gate) : IRequestHandler<FinishAccountRemovals, int>
    {
        public async Task<int> Handle(FinishAccountRemovals command, CancellationToken ct)
        {
            var unfinished = await eraser.ListUnfinishedAsync(ct);
            foreach (var did in unfinished)
            {
                using var turn = await gate.EnterAsync(did, ct);
                await removal.FinishAsync(did, ct);
            }

            return unfinished.Count;
        }
    }
}
