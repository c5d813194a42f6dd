using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.TestKit;

/// <summary>The turns of a server, counted as they are asked for: a test that holds one can tell when somebody waits for it.</summary>
public sealed class WatchedGate : IRepoGate
{
    private readonly RepoGate _turns = new();
    private int _asked;

    /// <summary>How often a turn was asked for, whoever's it was.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public ValueTask<IDisposable> EnterAsync(Did did, CancellationToken ct) => EnterAsync(IRepoGate.ClaimOn(did), ct);

    public ValueTask<IDisposable> EnterAsync(string claim, CancellationToken ct)
    {
        var turn = _turns.EnterAsync(claim, ct); // has its place in the queue when this returns
        Interlocked.Increment(ref _asked);
        return turn;
    }
}
