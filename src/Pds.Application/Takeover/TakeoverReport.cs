using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>What came of a takeover, or of looking whether it would work.</summary>
public sealed record TakeoverReport
{
    /// <summary>Whether nothing was written: then it says what would be.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>Whether the old server was running while it was read.</summary>
    public bool OldServerRuns { get; set; }

    /// <summary>Accounts that were brought, or in a dry run could be.</summary>
    public int Accounts { get; set; }

    /// <summary>Accounts that were here before, from an earlier run or in their own right: nothing of them was touched.</summary>
    public int AccountsHereAlready { get; set; }

    public long Records { get; set; }

    public long Blobs { get; set; }

    public long BlobBytes { get; set; }

    public long AppPasswords { get; set; }

    public long Sessions { get; set; }

    public long Preferences { get; set; }

    public int Invites { get; set; }

    public int ReservedKeys { get; set; }

    /// <summary>Events of the firehose, of the time that a cursor reaches back.</summary>
    public int Events { get; set; }

    /// <summary>The newest number of the old firehose: every new one is above it.</summary>
    public long OldSeq { get; set; }

    /// <summary>Sessions of apps that signed in by OAuth: they cannot go on, and those users sign in again.</summary>
    public int OAuthSessionsLeftOut { get; set; }

    /// <summary>What was not brought, and why.</summary>
    public IList<TakeoverNote> Problems { get; } = [];

    /// <summary>What was brought otherwise than it was.</summary>
    public IList<TakeoverNote> Remarks { get; } = [];

    internal void Count(OfficialCensus census) =>
        (OldServerRuns, Invites, OldSeq, OAuthSessionsLeftOut) = (census.IsRunning, census.Invites, census.LastSeq, census.OAuthSessions);

    internal void Count(AccountFindings findings)
    {
        Accounts++;
        Records += findings.Records;
        Preferences += findings.Preferences;
        AppPasswords += findings.Account.AppPasswords.Count;
        Sessions += findings.Account.Sessions.Count;
        foreach (var remark in findings.Account.Remarks) Remark(findings.Account, remark);
        if (!findings.IsSignedByItsKey)
            Remark(findings.Account, "its repo was not signed by its key (it had moved to the old server and was not written since): it is signed anew");
    }

    internal void Count(Did did, OfficialBlob blob, BlobFinding finding)
    {
        if (finding.State == BlobState.Good)
        {
            Blobs++;
            BlobBytes += finding.Size;
            return;
        }

        Problems.Add(new TakeoverNote(did.Value, $"the blob {blob.Blob.Cid} is {(finding.State == BlobState.Missing ? "missing" : "damaged")}: {blob.File}"));
    }

    private void Remark(OfficialAccount account, string text) => Remarks.Add(new TakeoverNote(account.Account.Did.Value, text));
}

/// <param name="Subject">Whom it is about: a DID, or a part of the server.</param>
public sealed record TakeoverNote(string Subject, string Text);
