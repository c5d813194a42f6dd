using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>An identity, or one of the things that its document lists: <c>did:web:mod.example.com</c>, <c>did:web:mod.example.com#atproto_labeler</c>.</summary>
/// <remarks>Syntax only (https://www.w3.org/TR/did-core/#did-url-syntax): a DID, and perhaps a fragment of what RFC 3986 allows in one. All of it is fit for JSON as it is.</remarks>
public sealed partial record DidReference : ISyntax<DidReference>
{
    private DidReference(Did did, string? fragment) => (Did, Fragment) = (did, fragment);

    public Did Did { get; }

    /// <summary>What follows the <c>#</c>; null where there is none.</summary>
    public string? Fragment { get; }

    public static DidReference Of(Did did, string? fragment = null) => fragment is null ? new DidReference(did, null) : Parse($"{did}#{fragment}");

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out DidReference reference)
    {
        var hash = text?.IndexOf('#', StringComparison.Ordinal) ?? -1;
        reference = text is { Length: <= Did.MaxLength } && Did.TryParse(hash < 0 ? text : text[..hash], out var did) && (hash < 0 || Pattern.IsMatch(text.AsSpan(hash + 1)))
            ? new DidReference(did, hash < 0 ? null : text[(hash + 1)..])
            : null;
        return reference is not null;
    }

    public static DidReference Parse(string text) => AtSyntax.Parse<DidReference>(text);

    public override string ToString() => Fragment is null ? Did.Value : $"{Did}#{Fragment}";

    [GeneratedRegex(@"^([a-zA-Z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-fA-F]{2})+\z")]
    private static partial Regex Pattern { get; }
}
