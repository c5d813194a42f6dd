using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>Any CID's text, as lexicons' <c>cid</c> format has it: whatever codec, hash or base, but not the old version 0.</summary>
/// <remarks>A link inside data is a <see cref="Data.Cid"/>, which is far stricter.</remarks>
public sealed partial record GenericCid : ISyntax<GenericCid>
{
    private GenericCid(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out GenericCid cid)
    {
        var valid = text is not null && Pattern.IsMatch(text) && !text.StartsWith("Qm", StringComparison.Ordinal);
        cid = valid ? new GenericCid(text!) : null;
        return valid;
    }

    public static GenericCid Parse(string text) => AtSyntax.Parse<GenericCid>(text);

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-zA-Z0-9+=]{8,256}\z")]
    private static partial Regex Pattern { get; }
}
