using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>Takes the place of an official server: account by account, each whole or not at all, so that a run which was ended is simply begun again.</summary>
/// <remarks>
/// Before anything of an account is written it is checked whole; a dry run ends there. Nothing that happens here is told to the network: to it, these
/// accounts are where they were.
/// </remarks>
public sealed class OfficialTakeover(IServiceScopeFactory scopes, IOfficialServer official, TakeoverOptions options)
{
    private const int BlobsAtOnce = 100;

    private readonly TakeoverReport _report = new() { IsDryRun = options.IsDryRun };

    /// <summary>Runs once.</summary>
    /// <param name="tell">Told how many accounts have been looked at, of how many.</param>
    /// <param name="ct">Ends it between two steps; another run goes on from there.</param>
    /// <exception cref="OfficialDataException">The old server's data cannot be read at all, or it still runs; the message is for the operator.</exception>
    /// <exception cref="XrpcException">NotEnoughResources: the disk is full.</exception>
    /// <exception cref="IOException">Blobs cannot be read or written.</exception>
    public async Task<TakeoverReport> RunAsync(Action<int, int> tell, CancellationToken ct)
    {
        var census = official.TakeCensus();
        if (census.IsRunning && !options.IsDryRun) throw new OfficialDataException($"The old server is running: it has {options.AccountDatabase} open. Stop it first.");
        _report.Count(census);

        if (!options.IsDryRun) _report.Events = await UseAsync((EventTakeover events) => events.TakeOverAsync(ct)); // first: what is told from here on has higher numbers

        var accounts = official.ListAccounts();
        for (var i = 0; i < accounts.Count; i++)
        {
            tell(i, accounts.Count);
            await TakeOverAsync(accounts[i], ct);
        }

        tell(accounts.Count, accounts.Count);
        _report.ReservedKeys = official.ReadReservedKeys().Count();
        if (!options.IsDryRun) await TakeOverInvitesAsync(ct);
        return _report;
    }

    private async Task TakeOverAsync(Did did, CancellationToken ct)
    {
        try
        {
            if (!options.IsDryRun && await UseAsync(async (IAccountStore accounts) => await accounts.FindAsync(did, ct) is not null))
            {
                _report.AccountsHereAlready++;
                return;
            }

            var findings = await UseAsync((AccountCheck check) => Task.FromResult(check.Check(did, ct)));
            await TakeOverBlobsAsync(did, ct);
            if (!options.IsDryRun) await TakeOverAccountAsync(did, ct);
            _report.Count(findings);
        }
        catch (Exception fault) when (fault is OfficialDataException or XrpcException { Kind: not XrpcErrorKind.NotEnoughResources })
        {
            _report.Problems.Add(new TakeoverNote(did.Value, fault.Message));
        }
    }

    private async Task TakeOverBlobsAsync(Did did, CancellationToken ct)
    {
        using var actor = official.OpenActor(did);
        Cid? last = null;
        while (actor.ReadBlobs(last, BlobsAtOnce) is { Count: > 0 } page)
        {
            var findings = await UseAsync((BlobTakeover blobs) => blobs.TakeOverAsync(did, page, ct));
            foreach (var (blob, finding) in page.Zip(findings)) _report.Count(did, blob, finding);
            last = page[^1].Blob.Cid;
        }
    }

    private Task<bool> TakeOverAccountAsync(Did did, CancellationToken ct) => UseAsync(async (AccountTakeover account) =>
    {
        await account.TakeOverAsync(did, ct);
        return true;
    });

    private Task<bool> TakeOverInvitesAsync(CancellationToken ct) => UseAsync(async (InviteTakeover invites) =>
    {
        await invites.TakeOverInvitesAsync(ct);
        await invites.TakeOverReservedKeysAsync(ct);
        return true;
    });

    /// <summary>In a scope of its own: what one account has buffered is nothing to the next.</summary>
    private async Task<TOutput> UseAsync<TPart, TOutput>(Func<TPart, Task<TOutput>> use) where TPart : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TPart>());
    }
}
