using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>A valid operation's place in a log.</summary>
/// <param name="Prev">The operation it follows; null for the first. A store checks that this is still the last one that counts.</param>
/// <param name="Nullified">The operations it strikes out.</param>
public sealed record PlcAcceptance(Cid? Prev, IReadOnlyList<Cid> Nullified);
