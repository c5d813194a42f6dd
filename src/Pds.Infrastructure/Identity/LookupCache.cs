using System.Collections.Concurrent;

namespace Pds.Infrastructure.Identity;

/// <summary>Remembers answers and when they came, up to a number of them. Those who ask for one thing at one time share one look-up.</summary>
internal sealed class LookupCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Answer> _answers = new();
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue?>>> _running = new();

    /// <summary>The answer at hand and its age; false where there is none.</summary>
    public bool TryGet(TKey key, out TValue? value, out TimeSpan age)
    {
        var found = _answers.TryGetValue(key, out var answer);
        (value, age) = found ? (answer.Value, time.GetUtcNow() - answer.At) : (null, default);
        return found;
    }

    /// <summary>Looks up and remembers, or waits for the look-up that is under way. The wait can be cancelled, the look-up cannot: others may want it.</summary>
    public async Task<TValue?> LookUpAsync(TKey key, Func<Task<TValue?>> lookUp, CancellationToken ct)
    {
        var running = _running.GetOrAdd(key, _ => new Lazy<Task<TValue?>>(() => RunAsync(key, lookUp)));
        return await running.Value.WaitAsync(ct);
    }

    public void Remember(TKey key, TValue? value)
    {
        if (_answers.Count >= capacity) Shrink();
        _answers[key] = new Answer(value, time.GetUtcNow());
    }

    /// <summary>The answer is known to be wrong, and so is one that is on its way.</summary>
    public void Forget(TKey key)
    {
        _running.TryRemove(key, out _);
        _answers.TryRemove(key, out _);
    }

    private async Task<TValue?> RunAsync(TKey key, Func<Task<TValue?>> lookUp)
    {
        await Task.Yield(); // so that the Lazy is done before this ends
        _running.TryGetValue(key, out var self);
        try
        {
            var value = await lookUp();
            if (self is not null && _running.TryGetValue(key, out var current) && current == self) Remember(key, value);
            return value;
        }
        finally
        {
            if (self is not null) _running.TryRemove(KeyValuePair.Create(key, self));
        }
    }

    /// <summary>Drops the oldest eighth.</summary>
    private void Shrink()
    {
        foreach (var (key, _) in _answers.ToArray().OrderBy(pair => pair.Value.At).Take(Math.Max(1, capacity / 8)))
            _answers.TryRemove(key, out _);
    }

    private readonly record struct Answer(TValue? Value, DateTimeOffset At);
}
