using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Ports;

namespace Pds.Application.Pipeline;

/// <summary>Lets one command at a time touch an account and its repo. Outside the unit of work, so the next one reads what this one saved.</summary>
internal sealed class RepoGateBehaviour<TCommand, TOutput>(IRepoGate gate, ICaller caller)
    : IPipelineBehavior<TCommand, TOutput> where TCommand : ICommand<TOutput>, IRepoCommand
{
    public async Task<TOutput> Handle(TCommand command, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        using var turn = await gate.EnterAsync(command.TurnOf(caller), ct);
        return await next();
    }
}
