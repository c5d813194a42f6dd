using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Importing;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.importRepo</c>: puts a repo that was written elsewhere in the place of the caller's, whole or not at all.</summary>
/// <remarks>Not an <see cref="IRepoCommand"/>: a slow sender must not hold up the account's other writes. It takes its turn once everything is ready.</remarks>
/// <param name="Car">A CAR with one root, the commit.</param>
public sealed record ImportRepo(Stream Car) : ICommand<Unit>
{
    internal sealed class Validator : AbstractValidator<ImportRepo>
    {
        public Validator(ImportOptions options) => RuleFor(c => c.Car).Must(_ => options.IsAccepting).WithMessage("Service is not accepting repo imports");
    }

    internal sealed class Handler(ICaller caller, IKeyring keys, RepoImporter importer, ImportCompletion completion) : IRequestHandler<ImportRepo, Unit>
    {
        public async Task<Unit> Handle(ImportRepo command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            var key = await keys.GetAsync(did, ct);

            await using var import = await importer.PrepareAsync(did, key, ImportOrigin.Owner, command.Car, ct);
            await completion.CompleteAsync(import, ct);
            return Unit.Value;
        }
    }
}
