using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Ports;

namespace Pds.Application.Pipeline;

/// <summary>Lets one command at a time touch an account and its repo, and then claim a handle. Outside the unit of work, so the next one reads what this one saved.</summary>
/// <remarks>What was true of the caller's account when the request came in need not be true in its turn, so it is read again.</remarks>
internal sealed class RepoGateBehaviour<TCommand, TOutput>(IRepoGate gate, ICaller caller, IAccountStore accounts)
    : IPipelineBehavior<TCommand, TOutput> where TCommand : ICommand<TOutput>, IRepoCommand
{
    public async Task<TOutput> Handle(TCommand command, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        using var turn = await gate.EnterAsync(command.TurnOf(caller), ct);
        using var claim = command is IHandleCommand claiming ? await gate.EnterAsync(claiming.Handle, ct) : null;
        if (caller.Did is { } did) caller.Renew(await accounts.RequireAsync(did, ct));
        return await next();
    }
}
