using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Repo;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>One write that is ready to go into a commit: checked, encoded, named.</summary>
internal sealed record PreparedWrite
{
    public required RepoOpAction Action { get; init; }

    public required AtUri Uri { get; init; }

    public required RecordPath Path { get; init; }

    /// <summary>The encoded record; null for a deletion.</summary>
    public Block? Record { get; init; }

    public ValidationStatus? Status { get; init; }

    /// <summary>The blobs that the record mentions, with what its lexicon demands of each.</summary>
    public IReadOnlyList<BlobMention> Blobs { get; init; } = [];

    /// <summary>What a like, repost, follow or block points at.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether earlier records with the same subject give way to this one.</summary>
    public bool ReplacesDuplicates { get; init; }
}

/// <summary>What the present record must be for a write to go ahead: a CID, nothing at all, or anything (the default).</summary>
public readonly record struct Swap
{
    private Swap(Cid? cid) => (IsGiven, Cid) = (true, cid);

    public bool IsGiven { get; }

    /// <summary>Null: there must be no record.</summary>
    public Cid? Cid { get; }

    public static Swap With(Cid? cid) => new(cid);
}
