using FluentValidation;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Server.Invites;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createInviteCode</c>: one code that lets so many people sign up.</summary>
/// <remarks>The account that it is for need not be here, or not yet.</remarks>
public sealed record CreateInviteCode(int UseCount, Did? ForAccount = null) : ICommand<CreateInviteCode.Output>, IAdminCommand
{
    public sealed record Output(string Code);

    string IAdminCommand.AuditSubject => Owner.ToString();

    private InviteOwner Owner => ForAccount is { } did ? InviteOwner.Of(did) : InviteOwner.Admin;

    internal sealed class Validator : AbstractValidator<CreateInviteCode>
    {
        public Validator() => RuleFor(c => c.UseCount).GreaterThan(0).WithMessage("useCount must be 1 or more");
    }

    internal sealed class Handler(NewInvites invites) : IRequestHandler<CreateInviteCode, Output>
    {
        public Task<Output> Handle(CreateInviteCode command, CancellationToken ct) =>
            Task.FromResult(new Output(invites.Add(command.Owner, command.UseCount)));
    }
}
