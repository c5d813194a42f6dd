namespace Pds.TestKit;

/// <summary>Records as clients send them.</summary>
public static class Records
{
    public const string Moment = "2026-01-02T03:04:05.678Z";

    public static object Post(string text = "hello") => new { text, createdAt = Moment };

    public static object Follow(string subject) => new { subject, createdAt = Moment };

    public static object Like(string uri, string cid) => new { subject = new { uri, cid }, createdAt = Moment };

    /// <summary>The last part of an AT-URI.</summary>
    public static string RkeyOf(string uri) => uri[(uri.LastIndexOf('/') + 1)..];
}
