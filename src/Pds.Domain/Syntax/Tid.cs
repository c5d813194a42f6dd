using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Syntax;

/// <summary>A sortable 64-bit timestamp: 53 bits of microseconds, 10 bits of clock id, 13 characters of base32.</summary>
/// <remarks>https://atproto.com/specs/tid</remarks>
public readonly record struct Tid(ulong Bits) : ISyntax<Tid>, IComparable<Tid>
{
    public const int Length = 13;
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";

    /// <summary>Microseconds since the Unix epoch.</summary>
    public long Microseconds => (long)(Bits >> 10);

    /// <summary>A moment as TIDs and sequence numbers count: microseconds since the Unix epoch.</summary>
    public static long MicrosecondsOf(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static bool TryParse(ReadOnlySpan<char> text, out Tid tid)
    {
        tid = default;
        if (text.Length != Length || text[0] > 'j') return false; // 13 × 5 = 65 bits, so the first is always zero

        var bits = 0UL;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return false;
            bits = (bits << 5) | (uint)digit;
        }

        tid = new Tid(bits);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out Tid tid) => TryParse(text.AsSpan(), out tid);

    public static Tid Parse(string text) => AtSyntax.Parse<Tid>(text);

    public int CompareTo(Tid other) => Bits.CompareTo(other.Bits);

    public static bool operator <(Tid left, Tid right) => left.Bits < right.Bits;

    public static bool operator >(Tid left, Tid right) => left.Bits > right.Bits;

    public static bool operator <=(Tid left, Tid right) => left.Bits <= right.Bits;

    public static bool operator >=(Tid left, Tid right) => left.Bits >= right.Bits;

    public override string ToString() => string.Create(Length, Bits, static (text, bits) =>
    {
        for (var i = text.Length - 1; i >= 0; i--, bits >>= 5) text[i] = Alphabet[(int)(bits & 31)];
    });
}
