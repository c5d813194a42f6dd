using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.createAppPassword</c>: a password for one app, made here and shown this once.</summary>
/// <param name="Privileged">Whether the app may also see direct messages.</param>
public sealed record CreateAppPassword(string Name, bool? Privileged = null) : ICommand<CreateAppPassword.Output>, IRepoCommand
{
    private const int Groups = 4;
    private const int GroupLength = 4;

    public sealed record Output(string Name, string Password, AtDatetime CreatedAt, bool Privileged);

    internal sealed class Validator : AbstractValidator<CreateAppPassword>
    {
        public Validator() => RuleFor(command => command.Name)
            .NotEmpty().WithMessage("An app password needs a name")
            .MaximumLength(AppPassword.MaxNameLength).WithMessage($"An app password's name has at most {AppPassword.MaxNameLength} characters")
            .Must(name => !name.Any(char.IsControl)).WithMessage("An app password's name must not contain control characters");
    }

    internal sealed class Handler(ICaller caller, IAppPasswordStore appPasswords, TimeProvider time) : IRequestHandler<CreateAppPassword, Output>
    {
        public async Task<Output> Handle(CreateAppPassword command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            var others = await appPasswords.ListAsync(did, ct);
            if (others.Any(other => other.Name == command.Name)) throw XrpcException.InvalidRequest($"There is an app password of that name already: {command.Name}");
            if (others.Count >= AppPassword.MaxPerAccount) throw XrpcException.InvalidRequest("Too many app passwords: revoke one that is not used");

            var password = ReadableCode.Create(Groups, GroupLength);
            var made = new AppPassword(Sessions.NewId(), did, command.Name, command.Privileged ?? false, AppPassword.HashOf(did, password), time.GetUtcNow());
            appPasswords.Add(made);
            return new Output(made.Name, password.Reveal(), AtDatetime.Of(made.CreatedAt), made.Privileged);
        }
    }
}
