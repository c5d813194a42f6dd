namespace Pds.Api.Pages;

/// <summary>Where a browser is led after it has signed in: pages of this server that need it, and nothing else, whatever the address says.</summary>
internal static class ReturnTarget
{
    private const int MaxLength = 4096;

    // What begins so cannot name another host.
    private static readonly string[] Allowed = ["/account", "/oauth/authorize"];

    /// <summary>The target if it is one; null otherwise.</summary>
    public static string? Of(string? text) =>
        text is { Length: <= MaxLength } && Array.Exists(Allowed, path => IsAt(text, path)) && !text.Any(char.IsControl) && !text.Contains('\\', StringComparison.Ordinal) ? text : null;

    private static bool IsAt(string text, string path) =>
        text.StartsWith(path, StringComparison.Ordinal) && (text.Length == path.Length || text[path.Length] is '/' or '?');
}
