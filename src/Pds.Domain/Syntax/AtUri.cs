using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Syntax;

/// <summary>The address of a repo, a collection or a record: <c>at://did/collection/rkey</c>, in the restricted form that lexicons use (no query, no fragment).</summary>
/// <remarks>https://atproto.com/specs/at-uri-scheme</remarks>
public sealed record AtUri : ISyntax<AtUri>
{
    public const int MaxLength = 8192;
    private const string Scheme = "at://";

    private AtUri(AtIdentifier authority, Nsid? collection, RecordKey? rkey) => (Authority, Collection, Rkey) = (authority, collection, rkey);

    public AtIdentifier Authority { get; }

    public Nsid? Collection { get; }

    public RecordKey? Rkey { get; }

    public static AtUri Of(Did did, Nsid collection, RecordKey rkey) => new(AtIdentifier.Of(did), collection, rkey);

    public static AtUri Of(AtIdentifier authority, Nsid collection, RecordKey rkey) => new(authority, collection, rkey);

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out AtUri uri)
    {
        uri = null;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Scheme, StringComparison.Ordinal)) return false;

        var parts = text[Scheme.Length..].Split('/');
        if (parts.Length > 3 || !AtIdentifier.TryParse(parts[0], out var authority)) return false;

        Nsid? collection = null;
        RecordKey? rkey = null;
        if (parts.Length > 1 && !Nsid.TryParse(parts[1], out collection)) return false;
        if (parts.Length > 2 && !RecordKey.TryParse(parts[2], out rkey)) return false;

        uri = new AtUri(authority, collection, rkey);
        return true;
    }

    public static AtUri Parse(string text) => AtSyntax.Parse<AtUri>(text);

    public override string ToString() =>
        Rkey is not null ? $"{Scheme}{Authority}/{Collection}/{Rkey}"
        : Collection is not null ? $"{Scheme}{Authority}/{Collection}"
        : $"{Scheme}{Authority}";
}
