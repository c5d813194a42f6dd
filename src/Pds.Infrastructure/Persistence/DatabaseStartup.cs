using Pds.Application.Errors;
using Pds.Application.Sequencing;
using Pds.Infrastructure.Persistence.Stores;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence;

/// <summary>Brings the database up: schema, then the numbers that were given before, then the writer.</summary>
internal sealed class DatabaseStartup(IDatabase database, ReadConnections reads, EventSequence sequence, Sequencer sequencer, GroupCommit writer)
{
    /// <exception cref="StartupException">The database cannot be used; the message is for the operator.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        await database.MigrateAsync(ct);

        long last;
        using (var read = reads.Rent()) last = EfEventLog.FindLastSeq(read.Sql);
        sequence.Resume(last);
        sequencer.Resume(last);
        writer.Start();
    }
}
