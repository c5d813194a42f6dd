using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>One thing that was done to this server's accounts by somebody who answers for it.</summary>
/// <param name="At">When.</param>
/// <param name="Actor"><c>admin</c>, <c>command line</c>, or the DID of the moderation service.</param>
/// <param name="Method">What was done: the method by which it was.</param>
/// <param name="Subject">Upon what: a DID, an AT-URI, <c>did/cid</c> for a blob, an invite code.</param>
/// <param name="Detail">What the method's name does not say; null for nothing.</param>
public sealed record AuditEntry(DateTimeOffset At, string Actor, Nsid Method, string Subject, string? Detail);

/// <summary>What administrators and moderators have done. Entries are kept for good and never change.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry; saved with the unit of work, so that there is one exactly where something was done.</summary>
    void Append(AuditEntry entry);

    /// <summary>Entries with their numbers, newest first, from before a number on.</summary>
    /// <param name="subject">Only what was done to this; to an account's records and blobs too, where it is a DID. Null for everything.</param>
    /// <param name="before">Only entries that are older than the one of this number; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ListAsync(string? subject, long? before, int limit, CancellationToken ct);
}
