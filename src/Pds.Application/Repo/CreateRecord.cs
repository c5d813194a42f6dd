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

/// <summary><c>com.atproto.repo.createRecord</c>: add one record to the caller's repo, in a commit of its own.</summary>
/// <remarks>A second like, repost, follow or block of the same subject replaces the first, in the same commit.</remarks>
public sealed record CreateRecord(
    AtIdentifier Repo, Nsid Collection, LexObject Record, RecordKey? Rkey = null, bool? Validate = null, Cid? SwapCommit = null)
    : ICommand<CreateRecord.Output>, IRepoCommand
{
    public sealed record Output(AtUri Uri, Cid Cid, CommitMeta Commit, ValidationStatus? ValidationStatus);

    internal sealed class Handler(ICaller caller, AccountGate accounts, RecordPreparer records, RepoWriter repos) : IRequestHandler<CreateRecord, Output>
    {
        public async Task<Output> Handle(CreateRecord command, CancellationToken ct)
        {
            var did = await accounts.RequireOwnRepoAsync(command.Repo, ct);
            caller.Permissions.Demand(RepoScope.Of(command.Collection, RepoAction.Create));

            var write = records.Create(did, command.Collection, command.Rkey, command.Record, command.Validate)
                with { ReplacesDuplicates = command.Validate != false };
            var commit = await repos.ApplyAsync(did, [write], command.SwapCommit, ct);

            return new Output(write.Uri, write.Record!.Value.Cid, commit, write.Status);
        }
    }
}
