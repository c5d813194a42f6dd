using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>An operation that the embedded PLC directory accepted. The time orders all of them: no two have the same.</summary>
internal sealed class PlcOperationRow
{
    public required DateTimeOffset CreatedAt { get; init; }

    public required Did Did { get; init; }

    public required Cid Cid { get; init; }

    /// <summary>DAG-CBOR: what the CID is the hash of.</summary>
    public required byte[] Operation { get; init; }

    public bool Nullified { get; set; }
}
