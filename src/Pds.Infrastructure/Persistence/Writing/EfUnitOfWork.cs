using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Writing;

/// <summary>Collects what the stores buffer for one command, and sends it through the writer.</summary>
internal sealed partial class EfUnitOfWork(LazyPdsDbContext context, GroupCommit writer, ILogger<EfUnitOfWork> log) : IUnitOfWork
{
    private readonly List<Action<PreparedConnection>> _steps = [];
    private readonly List<RepoEvent> _events = [];
    private readonly List<Func<CancellationToken, Task>> _afterSave = [];

    /// <summary>Buffers statements that are run with the tracked changes, after them.</summary>
    public void Buffer(Action<PreparedConnection> step) => _steps.Add(step);

    public void Buffer(RepoEvent repoEvent) => _events.Add(repoEvent);

    /// <summary>Buffers a condition: the account is here when this is saved. Of one that has gone meanwhile nothing private is kept.</summary>
    public void RequireAccount(Did did) => Buffer(sql =>
    {
        if (sql.Scalar("SELECT 1 FROM account WHERE did = @0", did.Value) is null) throw XrpcException.AccountNotFound();
    });

    public void AfterSave(Func<CancellationToken, Task> action) => _afterSave.Add(action);

    public async Task SaveChangesAsync(CancellationToken ct)
    {
        var tracked = context.WithChanges;
        if (tracked is null && _steps.Count == 0 && _events.Count == 0) return;

        await writer.SaveAsync(new PendingSave(tracked, [.. _steps], [.. _events]));
        _steps.Clear();
        _events.Clear();

        foreach (var action in _afterSave) await RunAsync(action, ct);
        _afterSave.Clear();
    }

    private async Task RunAsync(Func<CancellationToken, Task> action, CancellationToken ct)
    {
        try
        {
            await action(ct);
        }
        catch (Exception failure) // the changes are durable: the command has succeeded, whatever happens now
        {
            LogAfterSaveFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Something to do after a save failed")]
    private partial void LogAfterSaveFailed(Exception failure);
}
