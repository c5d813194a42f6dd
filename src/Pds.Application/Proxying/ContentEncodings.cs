using System.Globalization;
using System.IO.Compression;
using Pds.Application.Errors;
using Pds.Application.Options;

namespace Pds.Application.Proxying;

/// <summary>How answers may be compressed that this server may have to read: as both it and the caller understand.</summary>
/// <remarks>RFC 9110, sections 12.5.3 (Accept-Encoding) and 8.4 (Content-Encoding).</remarks>
internal static class ContentEncodings
{
    private const string Identity = "identity";

    private static readonly (string Name, string Weight)[] PlainFirst = [(Identity, "1"), ("gzip", "0.3"), ("deflate", "0.2"), ("br", "0.1")];
    private static readonly (string Name, string Weight)[] CompressedFirst = [("gzip", "1"), ("deflate", "0.9"), ("br", "0.8"), (Identity, "0.1")];

    /// <summary>What a service is asked for.</summary>
    /// <param name="accepted">The caller's Accept-Encoding; null or empty where it says nothing.</param>
    /// <param name="options">Which the operator prefers.</param>
    /// <exception cref="XrpcException">InvalidRequest: the header is malformed. NotAcceptable: it allows none that is understood here.</exception>
    public static string Negotiate(string? accepted, ProxyOptions options)
    {
        var weights = Parse(accepted);
        var common = (options.PreferCompressed ? CompressedFirst : PlainFirst).Where(encoding => IsAccepted(weights, encoding.Name)).ToList();
        if (common.Count == 0) throw XrpcException.NotAcceptable("this service does not support any of the requested encodings");

        var terms = common.Select(encoding => $"{encoding.Name};q={encoding.Weight}");
        return string.Join(',', common.Exists(encoding => encoding.Name == Identity) ? terms : terms.Append("*;q=0"));
    }

    /// <summary>The bytes as they were before they were encoded.</summary>
    /// <exception cref="InvalidDataException">It is an encoding that nobody here understands.</exception>
    public static Stream Decode(Stream content, string? encoding) => encoding?.ToLowerInvariant() switch
    {
        null or "" or Identity => content,
        "gzip" => new GZipStream(content, CompressionMode.Decompress),
        "deflate" => new ZLibStream(content, CompressionMode.Decompress),
        "br" => new BrotliStream(content, CompressionMode.Decompress),
        var other => throw new InvalidDataException($"An encoding that is not understood: {other}"),
    };

    /// <summary>Without compression is always acceptable, unless it is refused by its name or with all the others.</summary>
    private static bool IsAccepted(Dictionary<string, double> weights, string name) =>
        weights.TryGetValue(name, out var weight) || weights.TryGetValue("*", out weight) ? weight > 0 : name == Identity;

    private static Dictionary<string, double> Parse(string? header)
    {
        var weights = new Dictionary<string, double>();
        if (string.IsNullOrEmpty(header)) return weights;

        foreach (var term in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = term.Split(';', StringSplitOptions.TrimEntries);
            var name = parts[0].ToLowerInvariant();
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || parts.Length > 2 || WeightIn(parts) is not { } weight)
                throw XrpcException.InvalidRequest($"Invalid accept-encoding: \"{term}\"");
            weights[name] = weight;
        }

        return weights;
    }

    private static double? WeightIn(string[] parts)
    {
        if (parts.Length == 1) return 1;
        return parts[1].Split('=') is ["q" or "Q", var text] && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight is 0 or (>= 0.001 and <= 1) ? weight : null;
    }
}
