using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>What the embedded directory can tell and one over HTTP is not asked: the operations of all DIDs.</summary>
public interface IPlcArchive
{
    /// <summary>Operations in the order they were accepted, nullified ones too.</summary>
    /// <param name="after">Only those accepted later than this. No two were accepted in the same millisecond, so the last one's time goes on where a page ended.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<IReadOnlyList<PlcExport>> ExportAsync(DateTimeOffset after, int limit, CancellationToken ct);
}

/// <summary>One operation, and whose it is.</summary>
public sealed record PlcExport(Did Did, PlcLogEntry Entry);
