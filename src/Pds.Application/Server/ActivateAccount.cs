using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.activateAccount</c>: switches the caller's account on, if the world is told that it is here.</summary>
/// <remarks>One that is active already is told of anew: that is how an account repairs what relays think of it.</remarks>
public sealed record ActivateAccount : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IdentityCheck identity, IAccountStore accounts, AccountNews news)
        : IRequestHandler<ActivateAccount, Unit>
    {
        public async Task<Unit> Handle(ActivateAccount command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            await identity.RequireAsync(did, ct);

            var account = await accounts.ChangeAsync(did, account => account with { DeactivatedAt = null, DeleteAfter = null }, ct);
            await news.IntroduceAsync(account, ct);
            return Unit.Value;
        }
    }
}
