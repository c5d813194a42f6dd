using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A report that is kept for the operator.</summary>
internal sealed class ReportRow
{
    /// <summary>Later ones are larger, also when the clock goes back.</summary>
    public long Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string ReasonType { get; init; }

    public string? Reason { get; init; }

    /// <summary>A DID for an account, an AT-URI for a record.</summary>
    public required string Subject { get; init; }

    /// <summary>The record's version; null for an account.</summary>
    public Cid? SubjectCid { get; init; }

    /// <summary>Null where the account has been deleted: the report stays without its name.</summary>
    public Did? ReportedBy { get; init; }

    public string? Tool { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Note { get; init; }
}
