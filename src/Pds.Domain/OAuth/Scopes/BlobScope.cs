using System.Text.RegularExpressions;

namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>blob:image/*</c>: uploading files (https://atproto.com/specs/permission#blob).</summary>
public sealed partial class BlobScope : Scope
{
    internal const string Resource = "blob";
    private const string AcceptName = "accept";
    private const string AnyType = "*/*";
    private const string AnySubtype = "/*";

    private BlobScope(IReadOnlyList<string> accept) : base(ScopeText.Print(Resource, (AcceptName, accept))) => Accept = accept;

    /// <summary>MIME types and patterns (<c>image/png</c>, <c>image/*</c>, <c>*/*</c>), in lower case and in order; none that another covers.</summary>
    public IReadOnlyList<string> Accept { get; }

    /// <summary>Whether files of every type may be uploaded.</summary>
    public bool IsAny => Accept is [AnyType];

    /// <param name="mimeType">Without parameters. One that is not well formed no such scope covers.</param>
    public static BlobScope Of(string mimeType) => new([Lower(mimeType)]);

    public override bool Covers(Scope needed) =>
        needed is BlobScope blob && blob.Accept.All(type => Accept.Any(pattern => pattern == type || (Pattern.IsMatch(type) && IsWithin(pattern, type))));

    internal static BlobScope? Read(ScopeParameters parameters)
    {
        if (parameters.Values(AcceptName) is not { } values) return null;

        var accept = values[AcceptName].Select(Lower).Distinct().Order(StringComparer.Ordinal).ToList();
        if (accept.Count == 0 || !accept.TrueForAll(Pattern.IsMatch)) return null;
        return new BlobScope([.. accept.Where(type => !accept.Exists(pattern => pattern != type && IsWithin(pattern, type)))]);
    }

    private static bool IsWithin(string pattern, string type) =>
        pattern == AnyType || (pattern.EndsWith(AnySubtype, StringComparison.Ordinal) && type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1)));

    private static string Lower(string type) => type.ToLowerInvariant();

    // The names of RFC 6838 §4.2, in lower case.
    [GeneratedRegex(@"^(\*/\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/(\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}))\z")]
    private static partial Regex Pattern { get; }
}
