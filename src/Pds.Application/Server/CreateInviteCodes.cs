using FluentValidation;
using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Server.Invites;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createInviteCodes</c>: so many codes for each of several accounts, or for nobody in particular.</summary>
/// <remarks>The lexicon requires <c>codeCount</c> and gives it a default; the default wins.</remarks>
public sealed record CreateInviteCodes(int UseCount, int CodeCount = 1, IReadOnlyList<Did>? ForAccounts = null)
    : ICommand<CreateInviteCodes.Output>, IAdminCommand
{
    /// <summary>How many codes one request makes at most, all accounts together: they are written in one flush, for which everybody's writes wait.</summary>
    public const int MaxCodes = 5_000;

    public sealed record Output(IReadOnlyList<AccountCodes> Codes);

    public sealed record AccountCodes(InviteOwner Account, IReadOnlyList<string> Codes);

    string IAdminCommand.AuditSubject => string.Join(' ', Owners);

    private IEnumerable<InviteOwner> Owners => ForAccounts?.Select(InviteOwner.Of) ?? [InviteOwner.Admin];

    internal sealed class Validator : AbstractValidator<CreateInviteCodes>
    {
        public Validator()
        {
            RuleFor(c => c.UseCount).GreaterThan(0).WithMessage("useCount must be 1 or more");
            RuleFor(c => c.CodeCount).GreaterThan(0).WithMessage("codeCount must be 1 or more");
            RuleFor(c => (long)c.CodeCount * (c.ForAccounts == null ? 1 : c.ForAccounts.Count)).LessThanOrEqualTo(MaxCodes).WithMessage($"Too many codes. Max: {MaxCodes}");
        }
    }

    internal sealed class Handler(NewInvites invites) : IRequestHandler<CreateInviteCodes, Output>
    {
        public Task<Output> Handle(CreateInviteCodes command, CancellationToken ct) =>
            Task.FromResult(new Output([.. command.Owners.Select(owner => CodesFor(owner, command))]));

        private AccountCodes CodesFor(InviteOwner owner, CreateInviteCodes command) =>
            new(owner, [.. Enumerable.Range(0, command.CodeCount).Select(_ => invites.Add(owner, command.UseCount))]);
    }
}
