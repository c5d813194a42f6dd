using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.findAccount</c>: the account of this server that an operator names, in whatever state it is; <c>com.atproto.identity.resolveHandle</c> knows active ones only.</summary>
public sealed record FindAccount(AtIdentifier Account) : IQuery<FindAccount.Output>
{
    public sealed record Output(Did Did, Handle Handle);

    internal sealed class Handler(IAccountStore accounts) : IRequestHandler<FindAccount, Output>
    {
        public async Task<Output> Handle(FindAccount query, CancellationToken ct)
        {
            var account = await accounts.FindAsync(query.Account, ct) ?? throw XrpcException.NoSuchAccount(query.Account);
            return new Output(account.Did, account.ShownHandle);
        }
    }
}
