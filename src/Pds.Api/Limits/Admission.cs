namespace Pds.Api.Limits;

/// <summary>A request that has been let in, and how its client stands; the default is one that is not counted.</summary>
internal readonly record struct Admission(RateLimits? Limits, Limit? Limit, LimitStatus Door)
{
    /// <inheritdoc cref="RateLimits.Count"/>
    public void Count(HttpContext http, object? request) => Limits?.Count(http, this, request);
}
