using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Blocks;

/// <summary>Blocks by hand-written SQL: an export reads every row of a repo once, which is no work for a change tracker.</summary>
internal sealed class SqlBlockStore(ReadConnections reads) : IBlockStore
{
    public IRepoSnapshot? OpenSnapshot(Did did) => SqlRepoSnapshot.Open(reads.Rent(), did);
}
