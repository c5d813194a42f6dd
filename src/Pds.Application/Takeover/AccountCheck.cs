using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Application.Repo.Importing;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>Looks at all of an official server's account before anything of it is written: every block of its repo, its signature, its rows.</summary>
internal sealed class AccountCheck(IOfficialServer official, CommitCheck commits, IKeyFactory keys)
{
    /// <exception cref="OfficialDataException">It cannot be taken over so.</exception>
    public AccountFindings Check(Did did, CancellationToken ct)
    {
        var account = official.ReadAccount(did);
        using var actor = official.OpenActor(did);
        try
        {
            var commit = RepoImport.ReadCommit(actor.Head, actor);
            commits.RequireOwn(commit, did);
            var isSigned = commits.IsSignedBy(commit, keys.Import(actor.Key));
            return new AccountFindings(account, CountRecords(commit, actor, ct), actor.CountBlobs(), actor.ReadPreferences().Count, isSigned);
        }
        catch (Exception fault) when (fault is DataModelException or MissingBlockException or XrpcException)
        {
            throw new OfficialDataException($"its repo is damaged: {fault.Message}", fault);
        }
    }

    private static int CountRecords(Commit commit, IOfficialActor actor, CancellationToken ct)
    {
        var records = 0;
        foreach (var item in RepoImport.PreOrder(commit.Data, actor))
        {
            ct.ThrowIfCancellationRequested();
            if (item.Path is not null) records++;
        }

        return records;
    }
}

/// <summary>What an account has.</summary>
/// <param name="IsSignedByItsKey">Whether its own key signed the head. It has not where the repo came there from elsewhere and was not written since.</param>
internal sealed record AccountFindings(OfficialAccount Account, int Records, int Blobs, int Preferences, bool IsSignedByItsKey);
