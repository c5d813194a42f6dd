using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Pds.Domain.Accounts;

/// <summary>An address that mail can be sent to, as accounts have it: <c>local@domain</c>, in lower case.</summary>
/// <remarks>
/// The local part is RFC 5321's dot-string, and letters beyond ASCII as RFC 6531 has them; the domain has two labels at least. There are no quotes,
/// no address literals, no display names, and nothing that ends a line: what passes is safe in a mail's header.
/// </remarks>
public sealed partial record EmailAddress
{
    /// <summary>In UTF-16 code units.</summary>
    public const int MaxLength = 254;

    /// <summary>Of the part before the <c>@</c>, in bytes of UTF-8.</summary>
    public const int MaxLocalLength = 64;

    private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private readonly string _asciiDomain;

    private EmailAddress(string value, string asciiDomain) => (Value, _asciiDomain) = (value, asciiDomain);

    public string Value { get; }

    /// <summary>Whether it is of a kind that is made to be thrown away.</summary>
    public bool IsDisposable => DisposableDomains.Contains(_asciiDomain);

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = text is { Length: <= MaxLength } && text.Split('@') is [var local, var domain] && IsLocal(local) && Ascii(domain) is { } ascii && Domain.IsMatch(ascii)
            ? new EmailAddress(Fold(text), Fold(ascii))
            : null;
        return address is not null;
    }

    /// <summary>An address as it is compared and kept, whether it is a good one or not.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();

    public override string ToString() => Value;

    private static bool IsLocal(string local) => Encoding.UTF8.GetByteCount(local) <= MaxLocalLength && local.Split('.').All(IsAtom);

    private static bool IsAtom(string atom) => atom.Length > 0 && atom.EnumerateRunes().All(IsAtomRune);

    private static bool IsAtomRune(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || (rune.IsAscii && AtomMarks.Contains((char)rune.Value, StringComparison.Ordinal));

    private static string? Ascii(string domain)
    {
        if (System.Text.Ascii.IsValid(domain)) return domain;
        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException) // no name that the DNS could have
        {
            return null;
        }
    }

    // \z, not $: that would let a line end pass.
    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Domain { get; }
}
