using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Server.Invites;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.getAccountInviteCodes</c>: the caller's codes, among them those that it has earned since it last asked.</summary>
/// <remarks>A command though its verb is GET: asking is what makes the earned ones. It takes the account's turn, so that none are earned twice.</remarks>
public sealed record GetAccountInviteCodes(bool IncludeUsed = true, bool CreateAvailable = true) : ICommand<GetAccountInviteCodes.Output>, IRepoCommand
{
    public sealed record Output(IReadOnlyList<InviteCodeView> Codes);

    internal sealed class Handler(ICaller caller, IAccountStore accounts, IInviteStore store, NewInvites invites)
        : IRequestHandler<GetAccountInviteCodes, Output>
    {
        public async Task<Output> Handle(GetAccountInviteCodes command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            if (await accounts.FindAsync(did, ct) is not { IsActive: true } account) throw XrpcException.NotFound("Account not found");

            IReadOnlyList<InviteCode> codes = [.. (await store.ListOfAsync([did], ct))[did]];
            if (command.CreateAvailable) codes = [.. codes, .. invites.AddEarned(account, codes)];

            return new Output([.. codes
                .Where(code => !code.Disabled && (command.IncludeUsed || !code.IsUsedUp))
                .OrderBy(code => code.CreatedAt).ThenBy(code => code.Code, StringComparer.Ordinal) // as when they are listed the next time
                .Select(InviteCodeView.Of)]);
        }
    }
}
