using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.getRepoStatus</c>: whether this server hosts a repo and in which state; answers for every state.</summary>
public sealed record GetRepoStatus(Did Did) : IQuery<GetRepoStatus.Output>
{
    public sealed record Output(Did Did, bool Active, AccountStatus? Status, Tid? Rev);

    internal sealed class Handler(IAccountStore accounts, IRepoStore repos) : IRequestHandler<GetRepoStatus, Output>
    {
        public async Task<Output> Handle(GetRepoStatus query, CancellationToken ct)
        {
            var account = await accounts.FindAsync(query.Did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(query.Did));
            if (!account.IsActive) return new Output(account.Did, false, account.Status, null);

            return new Output(account.Did, true, null, (await repos.FindAsync(account.Did, ct))?.Head.Rev);
        }
    }
}
