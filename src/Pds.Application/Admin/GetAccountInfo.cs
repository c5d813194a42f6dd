using MediatR;
using Pds.Application.Admin.Views;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.getAccountInfo</c>: what this server knows of an account, in whatever state it is.</summary>
public sealed record GetAccountInfo(Did Did) : IQuery<AccountView>
{
    internal sealed class Handler(AccountViews views) : IRequestHandler<GetAccountInfo, AccountView>
    {
        public async Task<AccountView> Handle(GetAccountInfo query, CancellationToken ct) =>
            await views.FindAsync([query.Did], ct) is [var info] ? info : throw XrpcException.NotFound("Account not found");
    }
}
