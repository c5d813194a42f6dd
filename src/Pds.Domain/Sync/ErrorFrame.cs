namespace Pds.Domain.Sync;

/// <summary>Why the server is about to close the stream; nothing follows it.</summary>
public sealed record ErrorFrame(string Error, string? Message = null)
{
    /// <summary>The cursor names an event that has not happened yet.</summary>
    public static readonly ErrorFrame FutureCursor = new("FutureCursor", "Cursor in the future.");

    /// <summary>The consumer reads more slowly than events happen.</summary>
    public static readonly ErrorFrame ConsumerTooSlow = new("ConsumerTooSlow", "Stream consumer too slow");
}
