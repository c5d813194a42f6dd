using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync.Exporting;

/// <summary>Heads of the repos that the caller may see.</summary>
internal sealed class AvailableRepos(AccountGate accounts, IRepoStore repos)
{
    /// <exception cref="XrpcException">RepoNotFound, RepoTakendown, RepoDeactivated.</exception>
    public async ValueTask<RepoHead> RequireHeadAsync(Did did, CancellationToken ct)
    {
        await accounts.RequireAvailableRepoAsync(did, ct);
        return await repos.FindHeadAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
    }
}
