using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Pds.Application.Errors;

namespace Pds.Application.Accounts;

/// <summary>Work whose caller must not learn that there was any: it fails in silence, and work that there was not takes as long.</summary>
/// <remarks>
/// Nothing is answered before <see cref="Least"/>, which hides a mail server that is quick. Where it is slow, who has nothing to do waits as long as
/// one of the last works took, picked at random: the two look alike even to somebody who measures many.
/// </remarks>
internal sealed partial class HiddenWork(TimeProvider time, ILogger<HiddenWork> log)
{
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    private const int Remembered = 32;

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _last = new(Remembered);

    /// <summary>Does the work, or waits as if. A refusal of it is logged, for the operator.</summary>
    /// <param name="work">Null for none.</param>
    public async Task RunAsync(Func<Task>? work, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var until = Least;
        if (work is null)
        {
            until = PickOne() is { } another && another > Least ? another : Least;
        }
        else
        {
            await TryAsync(work);
            Remember(time.GetElapsedTime(started));
        }

        await time.WaitAsync(started, until, ct);
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (XrpcException refusal)
        {
            LogRefused(refusal);
        }
    }

    private void Remember(TimeSpan duration)
    {
        lock (_lock)
        {
            if (_last.Count == Remembered) _last.Dequeue();
            _last.Enqueue(duration);
        }
    }

    private TimeSpan? PickOne()
    {
        lock (_lock) return _last.Count == 0 ? null : _last.ElementAt(RandomNumberGenerator.GetInt32(_last.Count));
    }

    [LoggerMessage(LogLevel.Error, "Somebody asked for a code by mail and did not get one; they were not told")]
    private partial void LogRefused(Exception failure);
}
