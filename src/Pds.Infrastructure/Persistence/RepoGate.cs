using Pds.Application.Ports;

namespace Pds.Infrastructure.Persistence;

/// <summary>Turns in memory: a queue for each name that is held or waited for, and none for the rest.</summary>
internal sealed class RepoGate : IRepoGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turns> _turns = [];

    public async ValueTask<IDisposable> EnterAsync(string claim, CancellationToken ct)
    {
        Turns turns;
        lock (_lock)
        {
            if (!_turns.TryGetValue(claim, out turns!)) _turns.Add(claim, turns = new Turns(this, claim));
            turns.Interested++;
        }

        try
        {
            await turns.Gate.WaitAsync(ct);
            return new Turn(turns);
        }
        catch
        {
            Leave(turns);
            throw;
        }
    }

    private void Leave(Turns turns)
    {
        lock (_lock)
        {
            if (--turns.Interested > 0) return;
            _turns.Remove(turns.Claim);
            turns.Gate.Dispose();
        }
    }

    private sealed class Turns(RepoGate owner, string claim)
    {
        public RepoGate Owner => owner;

        public string Claim => claim;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Who holds it or waits for it.</summary>
        public int Interested { get; set; }
    }

    private sealed class Turn(Turns turns) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            turns.Gate.Release();
            turns.Owner.Leave(turns);
        }
    }
}
