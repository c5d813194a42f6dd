using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.revokeAppPassword</c>: takes an app password away. Its sessions end at once. Revoking what is not there succeeds.</summary>
public sealed record RevokeAppPassword(string Name) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, IAppPasswordStore appPasswords, ISessionStore sessions) : IRequestHandler<RevokeAppPassword, Unit>
    {
        public async Task<Unit> Handle(RevokeAppPassword command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            var revoked = (await appPasswords.ListAsync(did, ct)).FirstOrDefault(one => one.Name == command.Name);
            if (revoked is null) return Unit.Value;

            await appPasswords.RemoveAsync(revoked, ct);
            await sessions.RemoveAllAsync(did, revoked.Id, ct);
            return Unit.Value;
        }
    }
}
