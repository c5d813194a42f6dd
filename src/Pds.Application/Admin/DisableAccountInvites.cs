using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.disableAccountInvites</c>: lets an account earn no more invite codes. Those it has go on working.</summary>
/// <remarks>An account that is not here is passed over, as the official server does.</remarks>
public sealed record DisableAccountInvites(Did Account, string? Note = null) : ICommand<Unit>, IRepoCommand, IAdminCommand
{
    string IAdminCommand.AuditSubject => Account.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Account;

    internal sealed class Validator : AbstractValidator<DisableAccountInvites>
    {
        public Validator() => RuleFor(c => c.Note).MaximumLength(Domain.Accounts.Account.MaxInviteNoteLength)
            .WithMessage($"note must be {Domain.Accounts.Account.MaxInviteNoteLength} characters at most");
    }

    internal sealed class Handler(IAccountStore accounts) : IRequestHandler<DisableAccountInvites, Unit>
    {
        public async Task<Unit> Handle(DisableAccountInvites command, CancellationToken ct)
        {
            if (await accounts.FindAsync(command.Account, ct) is not null)
                await accounts.ChangeAsync(command.Account, account => account with { InvitesDisabled = true, InviteNote = command.Note }, ct);
            return Unit.Value;
        }
    }
}
