namespace Pds.Application.Accounts;

/// <summary>Lets something take as long as it must look as if it took.</summary>
internal static class LeastTime
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits until so much time has passed since <paramref name="started"/>, a timestamp of the same clock; not at all where it has.</summary>
    /// <remarks>A timer goes off up to some milliseconds early, so it is set again until the clock agrees.</remarks>
    public static async Task WaitAsync(this TimeProvider time, long started, TimeSpan least, CancellationToken ct)
    {
        for (var rest = least - time.GetElapsedTime(started); rest > TimeSpan.Zero; rest = least - time.GetElapsedTime(started))
            await Task.Delay(rest > Tick ? rest : Tick, time, ct);
    }
}
