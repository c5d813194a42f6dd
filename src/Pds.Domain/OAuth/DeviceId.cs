using System.Buffers;
using System.Security.Cryptography;

namespace Pds.Domain.OAuth;

/// <summary>A browser that has opened a page of this server: <c>dev-</c> and 32 hex digits. Not a secret by itself; the browser proves with a cookie that it is this one.</summary>
public readonly record struct DeviceId
{
    private const string Prefix = "dev-";
    private const int RandomBytes = 16;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private DeviceId(string value) => _value = value;

    /// <summary>A new one, of 128 random bits.</summary>
    public static DeviceId New() => new(Prefix + RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true));

    /// <summary>Whether <paramref name="text"/> is one, in the one way it is written.</summary>
    public static bool TryParse(string? text, out DeviceId id)
    {
        var isOne = text?.Length == Prefix.Length + (2 * RandomBytes) && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits);
        id = isOne ? new DeviceId(text!) : default;
        return isOne;
    }

    public override string ToString() => _value ?? "";
}
