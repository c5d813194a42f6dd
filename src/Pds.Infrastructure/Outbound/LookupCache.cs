namespace Pds.Infrastructure.Outbound;

/// <summary>Remembers answers and when they came, up to a number of them. Those who ask for one thing at one time share one look-up.</summary>
internal sealed class LookupCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Answer> _answers = [];
    private readonly Dictionary<TKey, Task<TValue?>> _running = [];

    /// <summary>The answer at hand and its age; false where there is none.</summary>
    public bool TryGet(TKey key, out TValue? value, out TimeSpan age)
    {
        lock (_lock)
        {
            var found = _answers.TryGetValue(key, out var answer);
            (value, age) = found ? (answer.Value, time.GetUtcNow() - answer.At) : (null, default);
            return found;
        }
    }

    /// <summary>Looks up and remembers, or waits for the look-up that is under way. The wait can be cancelled, the look-up cannot: others may want it.</summary>
    public Task<TValue?> LookUpAsync(TKey key, Func<Task<TValue?>> lookUp, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(key, out var running)) running = Begin(key, lookUp);
            return running.WaitAsync(ct);
        }
    }

    /// <summary>Looks up and remembers in any case: a look-up under way may have seen what was before, so its answer is not kept.</summary>
    public Task<TValue?> RefreshAsync(TKey key, Func<Task<TValue?>> lookUp, CancellationToken ct)
    {
        lock (_lock) return Begin(key, lookUp).WaitAsync(ct);
    }

    /// <summary>The answer is known to be wrong, and so is one that is on its way.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _running.Remove(key);
            _answers.Remove(key);
        }
    }

    private Task<TValue?> Begin(TKey key, Func<Task<TValue?>> lookUp)
    {
        var mine = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[key] = mine.Task;
        _ = RunAsync(key, lookUp, mine);
        return mine.Task;
    }

    private async Task RunAsync(TKey key, Func<Task<TValue?>> lookUp, TaskCompletionSource<TValue?> mine)
    {
        await Task.Yield(); // away from the lock
        try
        {
            var value = await lookUp();
            End(key, mine.Task, new Answer(value, time.GetUtcNow()));
            mine.SetResult(value);
        }
        catch (Exception failure) // whoever waits is told
        {
            End(key, mine.Task, answer: null);
            mine.SetException(failure);
        }
    }

    /// <summary>Keeps the answer, if there is one and it still counts.</summary>
    private void End(TKey key, Task<TValue?> mine, Answer? answer)
    {
        lock (_lock)
        {
            if (!_running.TryGetValue(key, out var current) || current != mine) return;
            _running.Remove(key);
            if (answer is not { } known) return;
            if (_answers.Count >= capacity) Shrink();
            _answers[key] = known;
        }
    }

    /// <summary>Drops the oldest eighth.</summary>
    private void Shrink()
    {
        foreach (var (key, _) in _answers.ToArray().OrderBy(pair => pair.Value.At).Take(Math.Max(1, capacity / 8)))
            _answers.Remove(key);
    }

    private readonly record struct Answer(TValue? Value, DateTimeOffset At);
}
