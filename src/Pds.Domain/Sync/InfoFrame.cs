namespace Pds.Domain.Sync;

/// <summary>A note to one consumer, outside the sequence.</summary>
public sealed record InfoFrame(string Name, string? Message = null)
{
    /// <summary>The cursor is older than what is kept: the stream starts with the earliest event there is.</summary>
    public static readonly InfoFrame OutdatedCursor = new("OutdatedCursor", "Requested cursor exceeded limit. Possibly missing events");
}
