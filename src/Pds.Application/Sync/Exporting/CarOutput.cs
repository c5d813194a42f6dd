using Pds.Domain.Data;

namespace Pds.Application.Sync.Exporting;

/// <summary>A CAR that is about to be sent: everything decided, nothing sent. Every refusal happens before the Api writes its first byte.</summary>
/// <param name="Root">The one root in the header.</param>
/// <param name="Blocks">The blocks in the order in which they are sent, read as they are asked for.</param>
/// <param name="source">What the blocks come from; held until the CAR has been sent.</param>
public sealed class CarOutput(Cid root, IEnumerable<Block> blocks, IDisposable source) : IDisposable
{
    public Cid Root => root;

    public IEnumerable<Block> Blocks => blocks;

    public void Dispose() => source.Dispose();
}
