using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class BlobRow
{
    public required Did Did { get; init; }

    public required Cid Cid { get; init; }

    public required string MimeType { get; set; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set until a record first mentions the blob.</summary>
    public DateTimeOffset? TemporarySince { get; set; }

    public string? TakedownRef { get; set; }
}

/// <summary>A record of a repo mentions a blob.</summary>
internal sealed class BlobRefRow
{
    public required long RepoId { get; init; }

    public required string Path { get; init; }

    public required Cid Cid { get; init; }

    public required Tid Rev { get; init; }
}
