using Pds.Application.Ports;
using Pds.Domain.Sync;

namespace Pds.Infrastructure.Persistence.Writing;

/// <summary>What one unit of work has buffered, on its way through the one writer.</summary>
/// <param name="context">The tracked changes; null where there are none.</param>
/// <param name="steps">Statements to run after the tracked changes.</param>
/// <param name="events">Events that get their sequence numbers in this save, after everything else.</param>
internal sealed class PendingSave(PdsDbContext? context, IReadOnlyList<Action<PreparedConnection>> steps, IReadOnlyList<RepoEvent> events)
{
    private readonly TaskCompletionSource _saved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PdsDbContext? Context => context;

    public IReadOnlyList<Action<PreparedConnection>> Steps => steps;

    public IReadOnlyList<RepoEvent> Events => events;

    /// <summary>The events with their places, once the statements have run.</summary>
    public List<SequencedEvent> Sequenced { get; } = [];

    /// <summary>Ends when the save is durable, or has failed and left nothing.</summary>
    public Task Saved => _saved.Task;

    public void Succeed() => _saved.TrySetResult();

    public void Fail(Exception failure) => _saved.TrySetException(failure);
}
