using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.enableAccountInvites</c>: lets an account earn invite codes again.</summary>
/// <remarks>An account that is not here is passed over, as the official server does.</remarks>
public sealed record EnableAccountInvites(Did Account, string? Note = null) : ICommand<Unit>, IRepoCommand, IAdminCommand
{
    string IAdminCommand.AuditSubject => Account.Value;

    Did IRepoCommand.TurnOf(ICaller caller) => Account;

    internal sealed class Validator : AbstractValidator<EnableAccountInvites>
    {
        public Validator() => RuleFor(c => c.Note).MaximumLength(Domain.Accounts.Account.MaxInviteNoteLength)
            .WithMessage($"note must be {Domain.Accounts.Account.MaxInviteNoteLength} characters at most");
    }

    internal sealed class Handler(IAccountStore accounts) : IRequestHandler<EnableAccountInvites, Unit>
    {
        public async Task<Unit> Handle(EnableAccountInvites command, CancellationToken ct)
        {
            if (await accounts.FindAsync(command.Account, ct) is not null)
                await accounts.ChangeAsync(command.Account, account => account with { InvitesDisabled = false, InviteNote = command.Note }, ct);
            return Unit.Value;
        }
    }
}
