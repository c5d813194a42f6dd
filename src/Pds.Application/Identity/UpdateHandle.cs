using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Identity.Updating;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.updateHandle</c>: gives the caller another handle, of this server or of a domain of the caller's own.</summary>
public sealed record UpdateHandle(Handle Handle) : ICommand<Unit>, IRepoCommand, IHandleCommand
{
    internal sealed class Handler(ICaller caller, HandleChange change) : IRequestHandler<UpdateHandle, Unit>
    {
        public async Task<Unit> Handle(UpdateHandle command, CancellationToken ct)
        {
            await change.ApplyAsync(caller.RequireDid(), command.Handle, allowReserved: false, ct);
            return Unit.Value;
        }
    }
}
