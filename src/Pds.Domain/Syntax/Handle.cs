using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>An account's name for people: a domain name such as <c>alice.example.com</c>. Case does not matter, so it is kept in lower case.</summary>
/// <remarks>Syntax only (https://atproto.com/specs/handle). Which handles this server gives out is <c>HandlePolicy</c>'s question.</remarks>
public sealed partial record Handle : ISyntax<Handle>
{
    public const int MaxLength = 253;

    /// <summary>What is shown for an account whose handle is not, or no longer, confirmed.</summary>
    public static readonly Handle Invalid = new("handle.invalid");

    private Handle(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out Handle handle)
    {
        handle = text is { Length: <= MaxLength } && Pattern.IsMatch(text) ? new Handle(text.ToLowerInvariant()) : null;
        return handle is not null;
    }

    public static Handle Parse(string text) => AtSyntax.Parse<Handle>(text);

    public override string ToString() => Value;

    [GeneratedRegex(@"^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\z")]
    private static partial Regex Pattern { get; }
}
