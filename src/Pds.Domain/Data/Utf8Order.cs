namespace Pds.Domain.Data;

/// <summary>Compares strings by their UTF-8 bytes, which is the order of code points: .NET's ordinal order of UTF-16 units differs above U+FFFF.</summary>
public static class Utf8Order
{
    public static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        var at = x.CommonPrefixLength(y);
        if (at == x.Length || at == y.Length) return x.Length.CompareTo(y.Length);

        // A surrogate stands for a code point above every other unit, private use and specials included.
        var (a, b) = (x[at], y[at]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
