using Pds.Domain.Data;

namespace Pds.Application.Sync.Exporting;

/// <summary>A CAR that is about to be sent: everything decided, nothing read yet. Every refusal happens before the Api writes its first byte.</summary>
/// <param name="Root">The one root in the header.</param>
/// <param name="Blocks">The blocks in the order in which they are sent.</param>
public sealed record CarOutput(Cid Root, IAsyncEnumerable<Block> Blocks);
