using Pds.Application.Ports;
using Pds.Application.Repo.Importing;
using Pds.Domain.Accounts;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>An account's repo, with its key and what moderators have hidden of it.</summary>
internal sealed class RepoTakeover(RepoImporter importer, IKeyFactory keys, IKeyring keyring, IRecordIndex records, IEventLog events)
{
    /// <summary>Writes the repo beside those that accounts have. Its head stays as it is where the account's key signed it.</summary>
    public async Task<PreparedImport> PrepareAsync(Did did, IOfficialActor actor, CancellationToken ct)
    {
        await using var car = actor.OpenCar();
        return await importer.PrepareAsync(did, keys.Import(actor.Key), ImportOrigin.EarlierServer, car, ct);
    }

    /// <summary>Buffers what makes it the account's. A head that had to be signed anew is told of; otherwise nothing has happened.</summary>
    public void Add(Account account, IOfficialActor actor, PreparedImport import)
    {
        keyring.Add(account.Did, actor.Key);
        import.Apply();
        foreach (var (path, takedownRef) in actor.ReadTakedowns()) records.SetTakedown(account.Did, path, takedownRef);
        if (import.Commit.Cid != actor.Head && account.IsActive) events.Append(SyncEvent.Of(import.Commit));
    }
}
