using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Whose repo, and may anyone see it: the questions that methods ask before they do anything.</summary>
internal sealed class AccountGate(ICaller caller, IAccountStore accounts)
{
    /// <summary>The caller's DID, if that is whom <paramref name="repo"/> names and the account is active.</summary>
    /// <exception cref="XrpcException">No such account; not the caller's; deactivated or taken down while the command waited for its turn.</exception>
    public async ValueTask<Did> RequireOwnRepoAsync(AtIdentifier repo, CancellationToken ct)
    {
        var account = caller.RequireAccount();
        var isOwn = repo.Did == account.Did || (repo.Handle is not null && repo.Handle == account.Handle);
        if (isOwn && account.IsActive) return account.Did;
        if (isOwn) throw account.Status == AccountStatus.Takendown ? XrpcException.AccountTakedown() : XrpcException.AccountDeactivated();
        throw await accounts.FindAsync(repo, ct) is null ? XrpcException.AccountNotFound() : XrpcException.AuthenticationRequired();
    }

    /// <summary>The caller's account as it is now: asked in its turn, whatever happened while the request waited for that.</summary>
    /// <exception cref="XrpcException">AccountNotFound, AccountTakedown.</exception>
    public async ValueTask<Account> RequireCallerAsync(CancellationToken ct)
    {
        var account = await accounts.FindAsync(caller.RequireDid(), ct) ?? throw XrpcException.AccountNotFound();
        return account.TakedownRef is null ? account : throw XrpcException.AccountTakedown();
    }

    /// <summary>An account that anybody may ask about, or null: unknown, deactivated and taken-down ones look the same.</summary>
    public async ValueTask<Account?> FindActiveAsync(AtIdentifier repo, CancellationToken ct) =>
        await accounts.FindAsync(repo, ct) is { IsActive: true } account ? account : null;

    /// <summary>Lets a repo be exported: to anyone while it is active, to its owner and the administrator always.</summary>
    /// <exception cref="XrpcException">RepoNotFound, RepoTakendown, RepoDeactivated.</exception>
    public async ValueTask<Account> RequireAvailableRepoAsync(AtIdentifier repo, CancellationToken ct)
    {
        var account = await accounts.FindAsync(repo, ct) ?? throw XrpcException.RepoNotFound(repo);
        if (caller.IsAdmin || caller.Did == account.Did) return account;
        return account.Status switch
        {
            AccountStatus.Takendown => throw XrpcException.RepoTakendown(repo),
            AccountStatus.Deactivated => throw XrpcException.RepoDeactivated(repo),
            _ => account,
        };
    }

    /// <inheritdoc cref="RequireAvailableRepoAsync(AtIdentifier, CancellationToken)"/>
    public ValueTask<Account> RequireAvailableRepoAsync(Did did, CancellationToken ct) => RequireAvailableRepoAsync(AtIdentifier.Of(did), ct);
}
