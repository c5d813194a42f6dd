using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Whose repo, and may anyone see it: the questions that methods ask before they do anything.</summary>
internal sealed class AccountGate(ICaller caller, IAccountStore accounts)
{
    /// <summary>The caller's DID, if that is whom <paramref name="repo"/> names and the account is active still. Ask it in the account's turn.</summary>
    /// <exception cref="XrpcException">No such account; not the caller's; AccountTakedown, AccountDeactivated.</exception>
    public async ValueTask<Did> RequireOwnRepoAsync(AtIdentifier repo, CancellationToken ct)
    {
        var account = caller.RequireAccount();
        if (repo.Did != account.Did && (repo.Handle is null || repo.Handle != account.Handle))
            throw await accounts.FindAsync(repo, ct) is null ? XrpcException.AccountNotFound() : XrpcException.AuthenticationRequired();
        return (await RequireCallerAsync(ct)).IsActive ? account.Did : throw XrpcException.AccountDeactivated();
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
