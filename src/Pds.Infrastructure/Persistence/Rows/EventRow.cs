using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A firehose event as it is sent.</summary>
internal sealed class EventRow
{
    public required long Seq { get; init; }

    public required Did Did { get; init; }

    public required string Type { get; init; }

    public required byte[] Frame { get; init; }
}
