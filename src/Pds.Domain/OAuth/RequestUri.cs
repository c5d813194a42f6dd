using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>Names an authorization request that a client has pushed (RFC 9126 §2.2): <c>urn:ietf:params:oauth:request_uri:req-</c> and 32 hex digits. Nobody can guess one.</summary>
public sealed record RequestUri : ISyntax<RequestUri>
{
    private const string Prefix = "urn:ietf:params:oauth:request_uri:req-";
    private const int RandomBytes = 16;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private RequestUri(string value) => Value = value;

    public string Value { get; }

    /// <summary>A new one, of 128 random bits.</summary>
    public static RequestUri New() => new(Prefix + RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true));

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out RequestUri value)
    {
        var isOne = text?.Length == Prefix.Length + (2 * RandomBytes) && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Digits);
        value = isOne ? new RequestUri(text!) : null;
        return isOne;
    }

    public override string ToString() => Value;
}
