using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync.Exporting;

/// <summary>The repos that the caller may see.</summary>
internal sealed class AvailableRepos(AccountGate accounts, IRepoStore repos, IBlockStore blocks)
{
    /// <exception cref="XrpcException">RepoNotFound, RepoTakendown, RepoDeactivated.</exception>
    public async ValueTask<StoredRepo> RequireAsync(Did did, CancellationToken ct)
    {
        await accounts.RequireAvailableRepoAsync(did, ct);
        return await repos.FindAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
    }

    /// <summary>The repo as it is now; the caller disposes the snapshot, or the CAR that it goes into.</summary>
    /// <inheritdoc cref="RequireAsync"/>
    public async ValueTask<IRepoSnapshot> OpenAsync(Did did, CancellationToken ct)
    {
        await accounts.RequireAvailableRepoAsync(did, ct);
        return blocks.OpenSnapshot(did) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
    }
}
