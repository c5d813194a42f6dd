namespace Pds.Infrastructure.Outbound;

/// <summary>What one request may cost.</summary>
/// <param name="Timeout">From the look-up of the name to the last byte, redirects included.</param>
/// <param name="MaxBytes">The longest body.</param>
/// <param name="MaxRedirects">How many redirects are followed; each is checked as the first address was.</param>
internal sealed record OutboundLimits(TimeSpan Timeout, int MaxBytes = OutboundLimits.DefaultMaxBytes, int MaxRedirects = 0)
{
    public const int DefaultMaxBytes = 512 * 1024;
}
