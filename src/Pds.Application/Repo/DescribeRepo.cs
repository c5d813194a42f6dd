using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.describeRepo</c>: whose repo it is and which collections are in it.</summary>
public sealed record DescribeRepo(AtIdentifier Repo) : IQuery<DescribeRepo.Output>
{
    /// <param name="HandleIsCorrect">Whether the DID document names the handle too, asked now.</param>
    public sealed record Output(Handle Handle, Did Did, DidDocument DidDoc, IReadOnlyList<Nsid> Collections, bool HandleIsCorrect);

    internal sealed class Handler(AccountGate accounts, IIdentityResolver identities, IRecordIndex index) : IRequestHandler<DescribeRepo, Output>
    {
        public async Task<Output> Handle(DescribeRepo query, CancellationToken ct)
        {
            var account = await accounts.RequireAvailableRepoAsync(query.Repo, ct);

            var document = await identities.RefreshDidAsync(account.Did, ct)
                ?? throw XrpcException.InvalidRequest($"Could not resolve DID: {account.Did}");
            var collections = await index.ListCollectionsAsync(account.Did, ct);

            return new Output(account.ShownHandle, account.Did, document, collections, document.Handle is { } named && named == account.Handle);
        }
    }
}
