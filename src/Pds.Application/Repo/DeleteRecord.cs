using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.deleteRecord</c>: remove a record. One that is not there is no error, and makes no commit.</summary>
public sealed record DeleteRecord(
    AtIdentifier Repo, Nsid Collection, RecordKey Rkey, Cid? SwapRecord = null, Cid? SwapCommit = null)
    : ICommand<DeleteRecord.Output>, IRepoCommand
{
    public sealed record Output(CommitMeta? Commit);

    internal sealed class Handler(ICaller caller, AccountGate accounts, IRecordIndex index, RepoWriter repos) : IRequestHandler<DeleteRecord, Output>
    {
        public async Task<Output> Handle(DeleteRecord command, CancellationToken ct)
        {
            var did = await accounts.RequireOwnRepoAsync(command.Repo, ct);
            caller.Permissions.Demand(RepoScope.Of(command.Collection, RepoAction.Delete));

            var write = RecordPreparer.Delete(did, command.Collection, command.Rkey);
            var current = await index.FindAsync(did, write.Path, ct);
            if (current is null) return new Output(null);

            Swaps.CheckRecord(command.SwapRecord is { } swap ? Swap.With(swap) : default, current.Cid);
            return new Output(await repos.ApplyAsync(did, [write], command.SwapCommit, ct));
        }
    }
}
