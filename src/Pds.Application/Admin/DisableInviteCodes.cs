using FluentValidation;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.disableInviteCodes</c>: makes codes void, by themselves or all that some accounts have. A sign-up that is under way fails.</summary>
/// <remarks>What names no code and no account is passed over, as the official server does.</remarks>
public sealed record DisableInviteCodes(IReadOnlyList<string>? Codes = null, IReadOnlyList<string>? Accounts = null) : ICommand<Unit>, IAdminCommand
{
    string IAdminCommand.AuditSubject => string.Join(' ', [.. Codes ?? [], .. Accounts ?? []]);

    internal sealed class Validator : AbstractValidator<DisableInviteCodes>
    {
        public Validator() => RuleForEach(c => c.Accounts).NotEqual(InviteOwner.Admin.ToString()).WithMessage("cannot disable admin invite codes");
    }

    internal sealed class Handler(IInviteStore invites) : IRequestHandler<DisableInviteCodes, Unit>
    {
        public Task<Unit> Handle(DisableInviteCodes command, CancellationToken ct)
        {
            foreach (var code in command.Codes ?? []) invites.Disable(code);
            foreach (var account in command.Accounts ?? [])
                if (InviteOwner.TryParse(account, out var owner) && owner.Did is { } did) invites.DisableAllOf(did);
            return Unit.Task;
        }
    }
}
