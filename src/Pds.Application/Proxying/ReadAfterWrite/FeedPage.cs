namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>What is to be put into a page of a feed.</summary>
/// <param name="Posts">What belongs there, the newest first; the page says which of them it has room for.</param>
/// <param name="IsFirst">Whether nothing newer was on an earlier page: no cursor was sent.</param>
internal sealed record FeedPage(IReadOnlyList<UnseenRecord> Posts, bool IsFirst);
