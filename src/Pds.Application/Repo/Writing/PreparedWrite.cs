using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>One write that is ready to go into a commit: checked, encoded, named.</summary>
internal sealed record PreparedWrite
{
    public required RepoAction Action { get; init; }

    public required AtUri Uri { get; init; }

    public required RecordPath Path { get; init; }

    /// <summary>The encoded record; null for a deletion.</summary>
    public Block? Record { get; init; }

    /// <summary>Null where no check was wanted.</summary>
    public ValidationStatus? Status { get; init; }

    public IReadOnlyList<BlobConstraint> Blobs { get; init; } = [];

    /// <summary>What a like, repost, follow or block points at.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether earlier records with the same subject give way to this one.</summary>
    public bool ReplacesDuplicates { get; init; }
}
