using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.checkAccountStatus</c>: how far an account has moved in; a client compares the figures with those of the server that it left.</summary>
public sealed record CheckAccountStatus : IQuery<CheckAccountStatus.Output>
{
    /// <param name="Activated">Whether it is switched on.</param>
    /// <param name="ValidDid">Whether the DID, as it is published now, names this server and its key.</param>
    /// <param name="RepoBlocks">The commit, the nodes of the tree, and the records, equal ones counted once.</param>
    /// <param name="IndexedRecords">How many records there are.</param>
    /// <param name="PrivateStateValues">None: what is private is not moved by the protocol.</param>
    /// <param name="ExpectedBlobs">How many blobs records mention.</param>
    /// <param name="ImportedBlobs">How many blobs are here, mentioned or not.</param>
    public sealed record Output(
        bool Activated, bool ValidDid, Cid RepoCommit, string RepoRev, long RepoBlocks, long IndexedRecords,
        long PrivateStateValues, long ExpectedBlobs, long ImportedBlobs);

    internal sealed class Handler(ICaller caller, IdentityCheck identity, IRepoStore repos, IBlobIndex blobs) : IRequestHandler<CheckAccountStatus, Output>
    {
        public async Task<Output> Handle(CheckAccountStatus query, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var repo = await repos.FindAsync(account.Did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(account.Did));
            var size = await repos.CountAsync(account.Did, ct);
            var (expected, imported) = await blobs.CountAsync(account.Did, ct);

            return new Output(
                account.IsActive, await identity.HoldsAsync(account.Did, ct), repo.Head.Commit, repo.Head.Rev.ToString(), size.Blocks, size.Records,
                PrivateStateValues: 0, expected, imported);
        }
    }
}
