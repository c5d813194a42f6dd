using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A repo's head. The number is what the other repo tables know it by.</summary>
internal sealed class RepoRow
{
    public long Id { get; init; }

    public required Did Did { get; init; }

    public required Cid Commit { get; set; }

    public required Tid Rev { get; set; }

    public required Cid Data { get; set; }

    public required byte[] CommitBlock { get; set; }
}

/// <summary>One MST node of a repo's present tree.</summary>
internal sealed class RepoNodeRow
{
    public required long RepoId { get; init; }

    public required Cid Cid { get; init; }

    public required Tid Rev { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>One record: its place, its content, and the rev that wrote it.</summary>
internal sealed class RepoRecordRow
{
    public long Id { get; init; }

    public required long RepoId { get; init; }

    public required string Path { get; init; }

    public required Cid Cid { get; init; }

    public required Tid Rev { get; init; }

    public required byte[] Content { get; init; }

    public string? Subject { get; init; }

    public string? TakedownRef { get; init; }
}
