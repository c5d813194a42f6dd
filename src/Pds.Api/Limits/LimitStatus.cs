namespace Pds.Api.Limits;

/// <summary>How a client stands in one window, the present request counted.</summary>
/// <param name="Consumed">Points; also those of requests that were refused.</param>
/// <param name="EndsAt">When the window ends and all points are there again, in unix milliseconds.</param>
internal readonly record struct LimitStatus(RateWindow Window, int Consumed, long EndsAt)
{
    public bool IsExceeded => Consumed > Window.Points;

    public int Remaining => Math.Max(0, Window.Points - Consumed);
}
