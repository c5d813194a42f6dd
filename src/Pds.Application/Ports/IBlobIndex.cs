using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A blob that an account has uploaded.</summary>
/// <param name="TemporarySince">Set until a record first mentions it: nobody else sees it, and it goes away after a while.</param>
public sealed record StoredBlob(
    Cid Cid, string MimeType, long Size, DateTimeOffset CreatedAt, DateTimeOffset? TemporarySince = null, string? TakedownRef = null);

/// <summary>Which blobs an account has; their bytes are in <see cref="IBlobStore"/>. Mentions are written with the commit that makes them (<see cref="RepoChange"/>).</summary>
public interface IBlobIndex
{
    Task<StoredBlob?> FindAsync(Did did, Cid cid, CancellationToken ct);

    /// <summary>How many bytes all blobs of an account have, temporary ones too.</summary>
    Task<long> SumSizesAsync(Did did, CancellationToken ct);

    /// <summary>Adds a blob, or renews a temporary one; saved with the unit of work.</summary>
    Task PutAsync(Did did, StoredBlob blob, CancellationToken ct);

    /// <summary>Takes a blob down, or with null puts it back; saved with the unit of work.</summary>
    /// <remarks>While it is down it stays, whether or not a record mentions it. One that comes back unmentioned is temporary, from now on.</remarks>
    void SetTakedown(Did did, Cid cid, string? takedownRef);

    /// <summary>CIDs of permanent blobs in their order, from after the cursor on; with <paramref name="since"/>, only those that a record newer than that mentions.</summary>
    Task<IReadOnlyList<Cid>> ListAsync(Did did, Tid? since, Cid? cursor, int limit, CancellationToken ct);

    /// <summary>Blobs that records mention and that are not here, in the order of their CIDs from after the cursor on, each with one of those records.</summary>
    Task<IReadOnlyList<(Cid Cid, RecordPath Path)>> ListMissingAsync(Did did, Cid? cursor, int limit, CancellationToken ct);

    /// <summary>Whether a record of the account's mentions a blob, be it here or not.</summary>
    Task<bool> IsMentionedAsync(Did did, Cid cid, CancellationToken ct);

    /// <summary>How many blobs the account's records mention, and how many it has, mentioned or not.</summary>
    Task<(long Mentioned, long Present)> CountAsync(Did did, CancellationToken ct);

    /// <summary>Blobs that have been temporary since before <paramref name="moment"/>.</summary>
    Task<IReadOnlyList<(Did Did, Cid Cid)>> ListExpiredAsync(DateTimeOffset moment, int limit, CancellationToken ct);

    /// <summary>Removes a blob that is temporary still; says whether it was. Takes effect at once.</summary>
    Task<bool> RemoveTemporaryAsync(Did did, Cid cid, DateTimeOffset before, CancellationToken ct);
}
