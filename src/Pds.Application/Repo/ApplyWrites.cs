using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.applyWrites</c>: several writes in one commit, all or none.</summary>
public sealed record ApplyWrites(AtIdentifier Repo, IReadOnlyList<ApplyWrites.Write> Writes, bool? Validate = null, Cid? SwapCommit = null)
    : ICommand<ApplyWrites.Output>, IRepoCommand
{
    public const int MaxWrites = 200;

    private const string Lexicon = "com.atproto.repo.applyWrites";

    public sealed record Output(CommitMeta Commit, IReadOnlyList<Result> Results);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = LexObject.TypeKey)]
    [JsonDerivedType(typeof(Create), $"{Lexicon}#create")]
    [JsonDerivedType(typeof(Update), $"{Lexicon}#update")]
    [JsonDerivedType(typeof(Delete), $"{Lexicon}#delete")]
    public abstract record Write;

    public sealed record Create(Nsid Collection, LexObject Value, RecordKey? Rkey = null) : Write;

    public sealed record Update(Nsid Collection, RecordKey Rkey, LexObject Value) : Write;

    public sealed record Delete(Nsid Collection, RecordKey Rkey) : Write;

    [JsonPolymorphic(TypeDiscriminatorPropertyName = LexObject.TypeKey)]
    [JsonDerivedType(typeof(CreateResult), $"{Lexicon}#createResult")]
    [JsonDerivedType(typeof(UpdateResult), $"{Lexicon}#updateResult")]
    [JsonDerivedType(typeof(DeleteResult), $"{Lexicon}#deleteResult")]
    public abstract record Result;

    public sealed record CreateResult(AtUri Uri, Cid Cid, ValidationStatus? ValidationStatus) : Result;

    public sealed record UpdateResult(AtUri Uri, Cid Cid, ValidationStatus? ValidationStatus) : Result;

    public sealed record DeleteResult : Result;

    internal sealed class Validator : AbstractValidator<ApplyWrites>
    {
        public Validator() => RuleFor(c => c.Writes.Count).LessThanOrEqualTo(MaxWrites).WithMessage($"Too many writes. Max: {MaxWrites}");
    }

    internal sealed class Handler(ICaller caller, AccountGate accounts, RecordPreparer records, RepoWriter repos) : IRequestHandler<ApplyWrites, Output>
    {
        public async Task<Output> Handle(ApplyWrites command, CancellationToken ct)
        {
            var did = await accounts.RequireOwnRepoAsync(command.Repo, ct);
            foreach (var needed in command.Writes.Select(NeedOf).Distinct()) caller.Permissions.Demand(needed);

            var writes = command.Writes.Select((write, i) => Prepare(did, write, command.Validate, $"writes[{i}].value")).ToList();
            var commit = await repos.ApplyAsync(did, writes, command.SwapCommit, ct);

            return new Output(commit, [.. writes.Select(Answer)]);
        }

        private static RepoScope NeedOf(Write write) => write switch
        {
            Create create => RepoScope.Of(create.Collection, RepoAction.Create),
            Update update => RepoScope.Of(update.Collection, RepoAction.Update),
            Delete delete => RepoScope.Of(delete.Collection, RepoAction.Delete),
            _ => throw NoSuchWrite(write),
        };

        private PreparedWrite Prepare(Did did, Write write, bool? validate, string place) => write switch
        {
            Create create => records.Create(did, create.Collection, create.Rkey, create.Value, validate, place),
            Update update => records.Put(did, update.Collection, update.Rkey, update.Value, validate, place),
            Delete delete => RecordPreparer.Delete(did, delete.Collection, delete.Rkey),
            _ => throw NoSuchWrite(write),
        };

        private static InvalidOperationException NoSuchWrite(Write write) => new($"No such write: {write.GetType().Name}");

        private static Result Answer(PreparedWrite write) => write.Action switch
        {
            RepoAction.Create => new CreateResult(write.Uri, write.Record!.Value.Cid, write.Status),
            RepoAction.Update => new UpdateResult(write.Uri, write.Record!.Value.Cid, write.Status),
            _ => new DeleteResult(),
        };
    }
}
