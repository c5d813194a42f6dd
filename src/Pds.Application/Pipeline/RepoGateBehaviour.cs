using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Ports;

namespace Pds.Application.Pipeline;

/// <summary>Lets one command at a time touch an account and its repo, and then claim a handle. Outside the unit of work, so the next one reads what this one saved.</summary>
internal sealed class RepoGateBehaviour<TCommand, TOutput>(IRepoGate gate, ICaller caller)
    : IPipelineBehavior<TCommand, TOutput> where TCommand : ICommand<TOutput>, IRepoCommand
{
    public async Task<TOutput> Handle(TCommand command, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        using var turn = await gate.EnterAsync(command.TurnOf(caller), ct);
        using var claim = command is IHandleCommand claiming ? await gate.EnterAsync(claiming.Handle, ct) : null;
        return await next();
    }
}
