using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Looks at a repo's blocks.</summary>
internal static class StoredBlocks
{
    public static IRepoSnapshot Open(IDatabaseFixture database, Did account) =>
        database.Services.GetRequiredService<IBlockStore>().OpenSnapshot(account) ?? throw new InvalidOperationException("No repo");

    /// <summary>The records that are left in a snapshot.</summary>
    public static List<Block> Records(IRepoSnapshot snapshot)
    {
        var records = new List<Block>();
        while (snapshot.TryNextRecord(out var record)) records.Add(record);
        return records;
    }
}
