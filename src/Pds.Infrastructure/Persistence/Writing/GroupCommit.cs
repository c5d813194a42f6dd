using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Infrastructure.Persistence.Stores;

namespace Pds.Infrastructure.Persistence.Writing;

/// <summary>
/// The one writer. Saves take turns here instead of colliding on the database's lock; those that wait together share one transaction, each under a
/// savepoint, so that one sync to disk serves them all. Events are published in the order of these transactions, after they are durable.
/// </summary>
internal sealed partial class GroupCommit(IDatabase database, EventSequence sequence, IEventPublisher publisher, ILogger<GroupCommit> log) : IAsyncDisposable
{
    /// <summary>Bounds how much one transaction holds back, not how much may wait.</summary>
    private const int MaxBatch = 64;

    private readonly Channel<PendingSave> _waiting = Channel.CreateUnbounded<PendingSave>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<PendingSave> _batch = new(MaxBatch);
    private PreparedConnection? _connection;
    private Task _writing = Task.CompletedTask;

    /// <summary>Opens the writer's connection and begins to take saves. Called once, after the schema is up to date.</summary>
    public void Start()
    {
        _connection = new PreparedConnection(database.Open(readOnly: false));
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Saves, and ends when that is durable. Not cancellable: once queued, a save happens.</summary>
    public Task SaveAsync(PendingSave save) =>
        _waiting.Writer.TryWrite(save) ? save.Saved : throw XrpcException.NotEnoughResources("The server is shutting down");

    /// <summary>Saves one step by itself, whatever a unit of work may hold.</summary>
    public Task SaveAsync(Action<PreparedConnection> step) => SaveAsync(new PendingSave(context: null, [step], events: []));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        _connection?.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            _batch.Clear();
            while (_batch.Count < MaxBatch && _waiting.Reader.TryRead(out var save)) _batch.Add(save);
            WriteBatch();
        }
    }

    private void WriteBatch()
    {
        var saved = new List<PendingSave>(_batch.Count);
        try
        {
            _connection!.Execute(database.BeginWrite);
            foreach (var save in _batch)
            {
                if (TryWrite(save)) saved.Add(save);
            }

            _connection.Execute("COMMIT");
        }
        catch (Exception failure) // nothing of the batch is left, whatever it was: tell everybody who waits for it
        {
            Abandon(failure);
            return;
        }

        Publish(saved);
        foreach (var save in saved) save.Succeed();
    }

    /// <summary>The batch is durable: whatever happens to its events on the way out, its saves have succeeded and the writer goes on.</summary>
    private void Publish(List<PendingSave> saved)
    {
        var events = saved.SelectMany(save => save.Sequenced).ToList();
        if (events.Count == 0) return;
        try
        {
            publisher.Publish(events);
        }
        catch (Exception failure) // subscribers find the events in the log when they come back
        {
            LogPublishFailed(events.Count, failure);
        }
    }

    /// <summary>Runs one save under its savepoint. One that fails by itself leaves nothing and the rest of the batch goes on.</summary>
    private bool TryWrite(PendingSave save)
    {
        _connection!.Execute("SAVEPOINT save");
        try
        {
            SaveTracked(save.Context);
            foreach (var step in save.Steps) step(_connection);
            foreach (var repoEvent in save.Events) save.Sequenced.Add(EfEventLog.Insert(_connection, repoEvent, sequence.Next()));
            _connection.Execute("RELEASE save");
            return true;
        }
        catch (Exception failure) when (database.Classify(failure) != DatabaseFailure.NoSpace)
        {
            _connection.Execute("ROLLBACK TO save");
            _connection.Execute("RELEASE save");
            save.Fail(Explain(failure));
            return false;
        }
    }

    private void SaveTracked(PdsDbContext? context)
    {
        if (context is null) return;

        // The transaction is ours; EF only sends its statements through our connection.
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        context.Database.AutoSavepointsEnabled = false;
        var own = context.Database.GetConnectionString();
        context.Database.SetDbConnection(_connection!.Connection, contextOwnsConnection: false);
        try
        {
            context.SaveChanges();
        }
        finally
        {
            context.Database.SetDbConnection(null); // back to its own: whoever goes on with this context is on another thread
            context.Database.SetConnectionString(own);
        }
    }

    private void Abandon(Exception failure)
    {
        LogAbandoned(_batch.Count, failure);
        try
        {
            _connection!.Execute("ROLLBACK");
        }
        catch (Exception alreadyRolledBack) // a full disk makes the database roll back by itself
        {
            LogRollback(alreadyRolledBack.Message);
        }

        foreach (var save in _batch) save.Fail(Explain(failure));
    }

    private Exception Explain(Exception failure) => database.Classify(failure) switch
    {
        DatabaseFailure.NoSpace => XrpcException.NotEnoughResources("The server cannot write to its disk", failure),
        DatabaseFailure.NotUnique => XrpcException.InvalidRequest("Already taken", failure),
        _ => failure,
    };

    [LoggerMessage(LogLevel.Error, "A batch of {Count} saves could not be written")]
    private partial void LogAbandoned(int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "{Count} events are saved but could not be published")]
    private partial void LogPublishFailed(int count, Exception failure);

    [LoggerMessage(LogLevel.Debug, "No transaction to roll back: {Reason}")]
    private partial void LogRollback(string reason);
}
