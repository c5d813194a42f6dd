using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Whose repo, and may anyone see it: the questions that methods ask before they do anything.</summary>
internal sealed class AccountGate(ICaller caller, IAccountStore accounts)
{
    /// <summary>The caller's DID, if that is whom <paramref name="repo"/> names. Whether the account is active was asked with its token.</summary>
    /// <exception cref="XrpcException">No such account; not the caller's.</exception>
    public async ValueTask<Did> RequireOwnRepoAsync(AtIdentifier repo, CancellationToken ct)
    {
        var account = caller.RequireAccount();
        if (repo.Did == account.Did || (repo.Handle is not null && repo.Handle == account.Handle)) return account.Did;
        throw await accounts.FindAsync(repo, ct) is null ? XrpcException.AccountNotFound() : XrpcException.AuthenticationRequired();
    }

    /// <summary>An account that anybody may ask about, or null: unknown, deactivated and taken-down ones look the same.</summary>
    public async ValueTask<Account?> FindActiveAsync(AtIdentifier repo, CancellationToken ct) =>
        await accounts.FindAsync(repo, ct) is { IsActive: true } account ? account : null;

    /// <summary>Lets a repo be exported: to anyone while it is active, to its owner and the administrator always.</summary>
    /// <exception cref="XrpcException">RepoNotFound, RepoTakendown, RepoDeactivated.</exception>
    public async ValueTask<Account> RequireAvailableRepoAsync(Did did, CancellationToken ct)
    {
        var account = await accounts.FindAsync(did, ct) ?? throw XrpcException.RepoNotFound(AtIdentifier.Of(did));
        if (caller.IsAdmin || caller.Did == did) return account;
        return account.Status switch
        {
            AccountStatus.Takendown => throw XrpcException.RepoTakendown(did),
            AccountStatus.Deactivated => throw XrpcException.RepoDeactivated(did),
            _ => account,
        };
    }
}
