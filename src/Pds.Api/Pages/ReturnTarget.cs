using Pds.Api.Pages.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>Where a browser is led after it has signed in: pages of this server that need it, and nothing else, whatever the address says.</summary>
internal static class ReturnTarget
{
    private const int MaxLength = 4096;

    // What begins so cannot name another host.
    private static readonly string[] Allowed = ["/account", AuthorizeAddress.Path];

    /// <summary>The target if it is one; null otherwise.</summary>
    public static string? Of(string? text) =>
        text is { Length: <= MaxLength } && Array.Exists(Allowed, path => IsAt(text, path)) && !text.Any(char.IsControl) && !text.Contains('\\', StringComparison.Ordinal) ? text : null;

    /// <summary>Where a browser is led once that account is chosen or signed in.</summary>
    /// <param name="target">What asked for it; null for nothing in particular.</param>
    public static string For(string? target, Did account)
    {
        if (target is null) return new AccountLinks(account).Overview;
        return AuthorizeAddress.TryParse(target, out var authorize) ? authorize.With(account) : target;
    }

    /// <summary>A page's address that leads on to a target.</summary>
    /// <param name="target">Null for none.</param>
    public static string Append(string page, string? target) => target is null ? page : $"{page}?return={Uri.EscapeDataString(target)}";

    private static bool IsAt(string text, string path) =>
        text.StartsWith(path, StringComparison.Ordinal) && (text.Length == path.Length || text[path.Length] is '/' or '?');
}
