using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Identity;

/// <summary><c>local.pds.identity.moveDidWeb</c>: says in the document of the caller's did:web, which this server keeps, that the account is on another server now; or that it is back.</summary>
/// <remarks>What a signed operation is to a did:plc: without it nobody could leave whose name is one of this server's. The document outlives the account here.</remarks>
/// <param name="Proof">See <see cref="OwnerProof"/>.</param>
/// <param name="Pds">Where the account is now; null where it is here.</param>
/// <param name="SigningKey">What it signs with there; goes with <paramref name="Pds"/>.</param>
/// <param name="Handle">Its handle there; the name itself goes on being one.</param>
public sealed record MoveDidWeb(Secret Proof, string? Pds = null, DidKey? SigningKey = null, Handle? Handle = null) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Validator : AbstractValidator<MoveDidWeb>
    {
        public Validator(ServiceOptions service)
        {
            RuleFor(move => move.SigningKey).Null().When(move => move.Pds is null).WithMessage("A signing key goes with the address of a PDS");
            RuleFor(move => move.SigningKey).NotNull().When(move => move.Pds is not null).WithMessage("The address of a PDS goes with a signing key");
            RuleFor(move => move.Pds).Must(pds => IsOrigin(pds!, service)).When(move => move.Pds is not null)
                .WithMessage("The address of a PDS is https:// and a host, and not this server's");
        }

        private static bool IsOrigin(string text, ServiceOptions service) =>
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (service.IsSandbox && url.Scheme == Uri.UriSchemeHttp))
            && url.UserInfo.Length == 0 && url.PathAndQuery == "/" && url.Fragment.Length == 0
            && url != new Uri(service.PublicUrl);
    }

    internal sealed class Handler(ICaller caller, HandlePolicy handles, OwnerProof owner, IDepartedNameStore departed, IEventLog events) : IRequestHandler<MoveDidWeb, Unit>
    {
        public async Task<Unit> Handle(MoveDidWeb command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var name = handles.NameOf(account.Did) ?? throw XrpcException.InvalidRequest($"The document of {account.Did} is not kept by this server");
            await owner.RequireAsync(account, command.Proof, ct);

            if (command.Pds is null) departed.Remove(name);
            else departed.SetMoved(name, new MovedAccount(new Uri(command.Pds), command.SigningKey!, command.Handle ?? name));

            events.Append(new IdentityEvent(account.Did));
            return Unit.Value;
        }
    }
}
