using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pds.Domain.Accounts;

namespace Pds.Api.Xrpc;

/// <summary>Says in the protocol's terms what System.Text.Json says in .NET's: which key, what was wanted, what was there.</summary>
internal static partial class XrpcBodyFault
{
    private const int LongestShown = 80;

    public static string Explain(JsonException fault, Type wanted, ReadOnlySpan<byte> utf8)
    {
        var path = fault.Path ?? "$";
        if (fault is NullInListException missing) path = $"{path[..path.LastIndexOf('[')]}[{missing.Index}]"; // the serializer points behind the last element
        if (MissingProperty.Match(fault.Message) is { Success: true } absent) return $"Missing required key \"{absent.Groups[1].Value}\" at {path}";
        if (Find(utf8, path) is not { } found) return $"Invalid JSON at {path}";

        var type = TypeAt(wanted, path);
        var got = IsSecret(type) ? "" : $" (got {Show(found)})";
        if (type == typeof(Secret) || fault is NullInListException || fault.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) return $"Expected {KindOf(type)} value type{got} at {path}";
        if (fault.Message.StartsWith("Expected ", StringComparison.Ordinal)) return $"{fault.Message}{got} at {path}";
        return fault.Message.StartsWith("Invalid ", StringComparison.Ordinal) ? $"{fault.Message} at {path}" : $"Invalid value at {path}";
    }

    /// <summary>What stands at the path, or null where the text is no JSON at all.</summary>
    private static string? Find(ReadOnlySpan<byte> utf8, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8.ToArray());
            var at = json.RootElement;
            foreach (var (name, index) in Steps(path))
            {
                if (index is { } i && at.ValueKind == JsonValueKind.Array && i < at.GetArrayLength()) at = at[i];
                else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return "nothing";
            }

            return at.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Type? TypeAt(Type? type, string path)
    {
        foreach (var (name, index) in Steps(path))
        {
            type = index is not null ? type?.GetGenericArguments().FirstOrDefault()
                : type?.GetProperties().FirstOrDefault(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name)?.PropertyType;
        }

        return type;
    }

    private static IEnumerable<(string Name, int? Index)> Steps(string path) => Step.Matches(path).Select(step => step.Groups[2].Success
        ? ("", int.TryParse(step.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var index) ? index : (int?)int.MaxValue)
        : (step.Groups[1].Value, null));

    /// <summary>Whether a password may stand there, in the wrong form or in the wrong place: it is not repeated, neither in the answer nor in an exception.</summary>
    private static bool IsSecret(Type? type) => type == typeof(Secret) || (type?.GetProperties().Any(property => property.PropertyType == typeof(Secret)) ?? false);

    private static string KindOf(Type? type) => (Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
    {
        { } boolean when boolean == typeof(bool) => "boolean",
        { } integer when integer == typeof(int) || integer == typeof(long) => "integer",
        { } text when text == typeof(string) || text == typeof(Secret) => "string",
        { IsGenericType: true } => "array",
        _ => "object",
    };

    private static string Show(string json) => json.Length <= LongestShown ? json : $"{json[..LongestShown]}…";

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingProperty { get; }

    [GeneratedRegex(@"\.([A-Za-z0-9_$]+)|\[(\d+)\]")]
    private static partial Regex Step { get; }
}
