using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>What an administrator or moderator did. Rows are added and read, and nothing else.</summary>
internal sealed class AuditEntryRow
{
    /// <summary>Later ones are larger, also when the clock goes back.</summary>
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required Nsid Method { get; init; }

    public required string Subject { get; init; }

    public string? Detail { get; init; }
}
