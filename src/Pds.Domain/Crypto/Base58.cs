namespace Pds.Domain.Crypto;

/// <summary>The base58 of Bitcoin (multibase <c>z</c>): how public keys are written. Its work grows with the square of the length, so lengths are bounded first.</summary>
public static class Base58
{
    /// <summary>The most that <see cref="Encode"/> takes: a key needs 65 at the most.</summary>
    public const int MaxByteLength = 128;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The most characters that <paramref name="byteCount"/> bytes can become: log 256 / log 58 = 1.3658 a byte.</summary>
    public static int MaxTextLength(int byteCount) => (byteCount * 1366 / 1000) + 1;

    /// <exception cref="ArgumentException">More than <see cref="MaxByteLength"/> bytes.</exception>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxByteLength) throw new ArgumentException($"Base58 is for at most {MaxByteLength} bytes", nameof(bytes));

        // Digits, least significant last. Every leading zero byte is a leading '1', the rest is one big number.
        Span<byte> digits = stackalloc byte[MaxTextLength(MaxByteLength)];
        var zeros = LeadingZeros(bytes);
        var start = digits.Length;
        foreach (var b in bytes[zeros..])
        {
            int carry = b;
            for (var i = digits.Length - 1; i >= start || carry > 0; i--)
            {
                carry += i >= start ? digits[i] << 8 : 0;
                (carry, digits[i]) = (carry / 58, (byte)(carry % 58));
                if (i < start) start = i;
            }
        }

        Span<char> text = stackalloc char[zeros + digits.Length - start];
        text[..zeros].Fill('1');
        for (var i = start; i < digits.Length; i++) text[zeros + i - start] = Alphabet[digits[i]];
        return new string(text);
    }

    /// <summary>Decodes to the first <paramref name="written"/> bytes of <paramref name="bytes"/>; false for other characters or for more bytes than fit.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength(bytes.Length)) return false;

        var zeros = text.IndexOfAnyExcept('1') is var first && first < 0 ? text.Length : first;
        var start = bytes.Length;
        foreach (var c in text[zeros..])
        {
            var carry = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (carry < 0) return false;
            for (var i = bytes.Length - 1; i >= start || carry > 0; i--)
            {
                if (i < 0) return false;
                carry += i >= start ? bytes[i] * 58 : 0;
                (carry, bytes[i]) = (carry >> 8, (byte)carry);
                if (i < start) start = i;
            }
        }

        if (zeros > start) return false;
        bytes[start..].CopyTo(bytes[zeros..]);
        bytes[..zeros].Clear();
        written = zeros + bytes.Length - start;
        return true;
    }

    private static int LeadingZeros(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) is var first && first < 0 ? bytes.Length : first;
}
