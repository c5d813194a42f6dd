namespace Pds.Infrastructure.Outbound;

/// <summary>What one request may cost.</summary>
/// <param name="Timeout">From the look-up of the name to the last byte, redirects included.</param>
/// <param name="MaxBytes">The longest body; never more than the operator allows for any.</param>
/// <param name="MaxRedirects">How many redirects are followed; each is checked as the first address was.</param>
internal sealed record OutboundLimits(TimeSpan Timeout, long MaxBytes = long.MaxValue, int MaxRedirects = 0);
