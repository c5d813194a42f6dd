namespace Pds.Infrastructure.Outbound;

/// <summary>How long something may take, again and again: from each step that is made to the next.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>Timers count no further; nobody waits so long for an answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenRegistration _gone;
    private volatile bool _isGone;

    /// <param name="first">How long until the first step.</param>
    /// <param name="time">Whose time it is.</param>
    /// <param name="ct">Ends it early: nobody waits any more.</param>
    public Deadline(TimeSpan first, TimeProvider time, CancellationToken ct)
    {
        _clock = new CancellationTokenSource(Bounded(first), time);
        _gone = ct.UnsafeRegister(
            static state =>
            {
                ((Deadline)state!)._isGone = true;
                ((Deadline)state)._clock.Cancel();
            },
            this);
    }

    /// <summary>Cancelled when the time is over, and when nobody waits any more.</summary>
    public CancellationToken Token => _clock.Token;

    /// <summary>Whether it is the time that is over.</summary>
    public bool HasPassed => _clock.IsCancellationRequested && !_isGone;

    /// <summary>A step was made: so long until the next.</summary>
    public void Renew(TimeSpan next) => _clock.CancelAfter(Bounded(next));

    /// <summary>What comes next is not waited for.</summary>
    public void Pause() => _clock.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _gone.Dispose();
        _clock.Dispose();
    }

    private static TimeSpan Bounded(TimeSpan time) => time < Longest ? time : Longest;
}
