using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Admin.Subjects;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.updateSubjectStatus</c>: takes an account, a record or a blob down, or deactivates an account; or undoes it.</summary>
/// <remarks>An account whose status is given as neither is announced again as it is. A record is taken down by its place: an author who edits it does not put it back.</remarks>
public sealed record UpdateSubjectStatus(Subject Subject, StatusAttr? Takedown = null, StatusAttr? Deactivated = null)
    : ICommand<UpdateSubjectStatus.Output>, IRepoCommand, IAdminCommand
{
    public sealed record Output(Subject Subject, StatusAttr? Takedown);

    Did IRepoCommand.TurnOf(ICaller caller) => Subject.Owner()!;

    string IAdminCommand.AuditSubject => Subject.Name();

    string IAdminCommand.AuditDetail => string.Join(", ", new[]
    {
        Takedown switch { null => null, { Applied: false } => "takedown undone", { Ref: { Length: > 0 } reference } => $"takedown {reference}", _ => "takedown" },
        Deactivated switch { null => null, { Applied: true } => "deactivated", _ => "activated" },
    }.OfType<string>().DefaultIfEmpty("announced"));

    internal sealed class Validator : AbstractValidator<UpdateSubjectStatus>
    {
        public Validator()
        {
            RuleFor(c => c.Deactivated).Must((c, deactivated) => c.Takedown is not { Applied: true } || deactivated is not { Applied: false })
                .WithMessage("Cannot activate and takedown an account at the same time");
            RuleFor(c => c.Deactivated).Must((c, deactivated) => deactivated is null || c.Subject is RepoRef)
                .WithMessage("Only an account can be deactivated");
            RuleFor(c => c.Subject).Must(subject => subject is not StrongRef record || (record.Owner() is not null && record.Path() is not null))
                .WithMessage("The subject's uri must name a record, and its repo by a DID");
            RuleFor(c => c.Takedown).Must(takedown => takedown?.Ref is not { Length: > StatusAttr.MaxRefLength })
                .WithMessage($"The takedown's ref is too long. Max: {StatusAttr.MaxRefLength}");
        }
    }

    internal sealed class Handler(ModeratedAccounts accounts, IRecordIndex records, IBlobIndex blobs, TimeProvider time)
        : IRequestHandler<UpdateSubjectStatus, Output>
    {
        public async Task<Output> Handle(UpdateSubjectStatus command, CancellationToken ct)
        {
            var takedown = WithRef(command.Takedown);
            await (command.Subject switch
            {
                RepoRef repo => accounts.UpdateAsync(repo.Did, takedown, command.Deactivated, ct),
                StrongRef record => UpdateAsync(record, takedown, ct),
                RepoBlobRef blob => UpdateAsync(blob, takedown, ct),
                _ => throw new InvalidOperationException($"No such subject: {command.Subject.GetType().Name}"),
            });
            return new Output(command.Subject, command.Takedown);
        }

        private async Task UpdateAsync(StrongRef record, StatusAttr? takedown, CancellationToken ct)
        {
            var (did, path) = (record.Owner()!, record.Path()!);
            if (await records.FindAsync(did, path, ct) is null) throw Subject.NotFound();
            if (takedown is not null) records.SetTakedown(did, path, takedown.Ref);
        }

        private async Task UpdateAsync(RepoBlobRef blob, StatusAttr? takedown, CancellationToken ct)
        {
            if (await blobs.FindAsync(blob.Did, blob.Cid, ct) is null) throw Subject.NotFound();
            if (takedown is not null) blobs.SetTakedown(blob.Did, blob.Cid, takedown.Ref);
        }

        /// <summary>A takedown that comes without a reference gets the time as one, and one that is undone has none.</summary>
        private StatusAttr? WithRef(StatusAttr? takedown) => takedown switch
        {
            null => null,
            { Applied: false } => takedown with { Ref = null },
            { Ref.Length: > 0 } => takedown,
            _ => takedown with { Ref = AtDatetime.Of(time.GetUtcNow()).Value },
        };
    }
}
