using System.Diagnostics.CodeAnalysis;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Options;

/// <summary>How the addresses of an AppView's images are made: <c>https://cdn.example.com/img/%s/plain/%s/%s@jpeg</c>.</summary>
public sealed record ImageUrlPattern
{
    private const string Place = "%s";

    private readonly string[] _parts;

    private ImageUrlPattern(string[] parts) => _parts = parts;

    /// <summary>Three places, for the use, the DID and the CID, in a web address.</summary>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out ImageUrlPattern pattern)
    {
        var parts = text.Split(Place);
        pattern = parts.Length == 4 && Uri.TryCreate(string.Join('x', parts), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? new ImageUrlPattern(parts) : null;
        return pattern is not null;
    }

    /// <param name="use">One of the AppView's: <c>avatar</c>, <c>banner</c>, <c>feed_thumbnail</c>, <c>feed_fullsize</c>.</param>
    /// <param name="owner">Whose blob it is.</param>
    /// <param name="blob">The image.</param>
    public string Of(string use, Did owner, Cid blob) => $"{_parts[0]}{use}{_parts[1]}{owner}{_parts[2]}{blob}{_parts[3]}";
}
