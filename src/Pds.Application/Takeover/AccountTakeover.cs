using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>Brings one account of an official server here, whole or not at all; its blobs are here already.</summary>
internal sealed class AccountTakeover(IOfficialServer official, IAccountStore accounts, RepoTakeover repos, PrivateDataTakeover privateData, IUnitOfWork unitOfWork)
{
    /// <exception cref="OfficialDataException">It cannot be read, or another account here has its handle or address.</exception>
    /// <exception cref="XrpcException">InvalidRequest: its repo is damaged; NotEnoughResources.</exception>
    public async Task TakeOverAsync(Did did, CancellationToken ct)
    {
        var taken = official.ReadAccount(did);
        await RequireFreeNamesAsync(taken.Account, ct);
        using var actor = official.OpenActor(did);
        await using var import = await repos.PrepareAsync(did, actor, ct);

        accounts.Add(taken.Account, taken.PasswordHash);
        repos.Add(taken.Account, actor, import);
        await privateData.AddAsync(taken, actor.ReadPreferences(), ct);

        await unitOfWork.SaveChangesAsync(ct); // before the import is disposed of
    }

    private async Task RequireFreeNamesAsync(Account account, CancellationToken ct)
    {
        if (account.Handle is { } handle && await accounts.FindAsync(handle, ct) is { } holder)
            throw new OfficialDataException($"its handle {handle} is here that of another account, {holder.Did}");
        if (account.Email is { } email && await accounts.FindByEmailAsync(email, ct) is { } owner)
            throw new OfficialDataException($"its e-mail address is here that of another account, {owner.Did}");
    }
}
