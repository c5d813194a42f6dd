namespace Pds.Api.Limits;

/// <summary>So many points in so much time, counted from a client's first request on.</summary>
internal sealed record RateWindow(int Points, TimeSpan Length);
