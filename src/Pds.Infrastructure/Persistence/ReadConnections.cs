using System.Collections.Concurrent;

namespace Pds.Infrastructure.Persistence;

/// <summary>Connections for reading, kept open with their statements: as many as are used at once, and a few are kept when they come back.</summary>
internal sealed class ReadConnections(IDatabase database) : IDisposable
{
    private const int Kept = 8;

    private readonly ConcurrentStack<PreparedConnection> _idle = new();

    /// <summary>A connection for the caller alone; disposing the lease gives it back.</summary>
    public Lease Rent() => new(this, _idle.TryPop(out var idle) ? idle : new PreparedConnection(database.Open(readOnly: true)));

    public void Dispose()
    {
        while (_idle.TryPop(out var idle)) idle.Dispose();
    }

    private void Return(PreparedConnection connection)
    {
        if (_idle.Count < Kept) _idle.Push(connection);
        else connection.Dispose();
    }

    public readonly struct Lease(ReadConnections owner, PreparedConnection connection) : IDisposable
    {
        public PreparedConnection Sql => connection;

        public void Dispose() => owner.Return(connection);
    }
}
