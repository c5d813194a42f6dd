using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Importing;

namespace Pds.Application.Maintenance;

/// <summary>Removes repos that are nobody's: imports that a crash or a full disk ended, and what a finished one replaced. Answers how many.</summary>
public sealed record RemoveLeftRepos : ICommand<int>
{
    internal sealed class Handler(IRepoStaging staging, IRepoGate gate) : IRequestHandler<RemoveLeftRepos, int>
    {
        public async Task<int> Handle(RemoveLeftRepos command, CancellationToken ct)
        {
            var left = await staging.ListLeftAsync(ct);
            foreach (var number in left)
            {
                using var turn = await gate.EnterAsync(StagedRepo.ClaimOn(number), ct); // whoever is writing it now puts it in place or removes it
                while (await staging.RemoveSomeAsync(number, ct)) ct.ThrowIfCancellationRequested();
            }

            return left.Count;
        }
    }
}
