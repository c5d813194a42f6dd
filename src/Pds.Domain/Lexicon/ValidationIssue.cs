using System.Text.RegularExpressions;
using Pds.Domain.Data;

namespace Pds.Domain.Lexicon;

/// <summary>Why a value does not fit its schema, and where in the record: <c>array too big (maximum 3, got 4) at $.record.langs</c>.</summary>
/// <remarks>The wording is the official server's, because clients and people search for it. The path grows from the inside out,
/// so that a record without fault costs no path at all.</remarks>
internal sealed partial class ValidationIssue(string message)
{
    private string _path = "";

    public static ValidationIssue WrongType(LexValue? got, string expected) => new($"Expected {expected} value type (got {Preview.Of(got)})");

    public static ValidationIssue WrongValue(LexValue? got, params IReadOnlyList<LexValue> expected)
    {
        var previews = expected.Select(Preview.Of).ToArray();
        var anyOf = previews is [var only] ? only : $"one of {string.Join(", ", previews[..^1])} or {previews[^1]}";
        return new ValidationIssue($"Expected {anyOf} (got {Preview.Of(got)})");
    }

    public static ValidationIssue MissingKey(string key) => new($"Missing required key \"{key}\"");

    public static ValidationIssue TooBig(string what, long maximum, long got) => new($"{what} too big (maximum {maximum}, got {got})");

    public static ValidationIssue TooSmall(string what, long minimum, long got) => new($"{what} too small (minimum {minimum}, got {got})");

    public static ValidationIssue WrongFormat(StringFormat format, string got) => new($"Invalid {format.SpokenName} (got {Preview.Of(got)})");

    public static ValidationIssue TooDeep() => new($"Nested deeper than {LexValue.MaxDepth} levels");

    /// <summary>The same issue, seen from the map that holds the value as <paramref name="key"/>.</summary>
    public ValidationIssue At(string key)
    {
        _path = (PlainKey.IsMatch(key) ? $".{key}" : $"[{Preview.Of(key)}]") + _path;
        return this;
    }

    /// <summary>The same issue, seen from the list that holds the value at <paramref name="index"/>.</summary>
    public ValidationIssue At(int index)
    {
        _path = $"[{index}]{_path}";
        return this;
    }

    /// <summary>The whole text; <paramref name="root"/> is where the outermost value lies, such as <c>$.record</c>.</summary>
    public string ToString(string root) => $"{message} at {root}{_path}";

    [GeneratedRegex(@"^[a-zA-Z_$][a-zA-Z0-9_]*\z")]
    private static partial Regex PlainKey { get; }
}
