using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.putRecord</c>: create or replace the record of a key.</summary>
/// <remarks>Content that is there already makes no commit, and then no swap is looked at.</remarks>
public sealed record PutRecord(
    AtIdentifier Repo, Nsid Collection, RecordKey Rkey, LexObject Record, bool? Validate = null, Swap SwapRecord = default, Cid? SwapCommit = null)
    : ICommand<PutRecord.Output>, IRepoCommand
{
    public sealed record Output(AtUri Uri, Cid Cid, CommitMeta? Commit, ValidationStatus? ValidationStatus);

    internal sealed class Handler(ICaller caller, AccountGate accounts, IRecordIndex index, RecordPreparer records, RepoWriter repos)
        : IRequestHandler<PutRecord, Output>
    {
        public async Task<Output> Handle(PutRecord command, CancellationToken ct)
        {
            var did = await accounts.RequireOwnRepoAsync(command.Repo, ct);
            foreach (var action in new[] { RepoAction.Create, RepoAction.Update }) // both, whichever it turns out to be: the caller cannot know
                caller.Permissions.Demand(RepoScope.Of(command.Collection, action));

            var write = records.Put(did, command.Collection, command.Rkey, command.Record, command.Validate);
            var cid = write.Record!.Value.Cid;
            var current = (await index.FindAsync(did, write.Path, ct))?.Cid;
            if (current == cid) return new Output(write.Uri, cid, null, write.Status);

            Swaps.CheckRecord(command.SwapRecord, current);
            var commit = await repos.ApplyAsync(did, [write with { Action = Swaps.ActionFor(current) }], command.SwapCommit, ct);
            return new Output(write.Uri, cid, commit, write.Status);
        }
    }
}
