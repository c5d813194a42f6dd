namespace Pds.Domain.Data;

/// <summary>RFC 4648 base32 in lower case without padding: how CIDs and did:plc names are written.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>How many characters <paramref name="byteCount"/> bytes become.</summary>
    public static int EncodedLength(int byteCount) => ((byteCount * 8) + 4) / 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = EncodedLength(bytes.Length) is var length && length <= 256 ? stackalloc char[length] : new char[length];
        Encode(bytes, text);
        return new string(text);
    }

    public static void Encode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var (buffer, bits, at) = (0, 0, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                text[at++] = Alphabet[(buffer >> (bits - 5)) & 31];
                bits -= 5;
            }

            buffer &= (1 << bits) - 1;
        }

        if (bits > 0) text[at] = Alphabet[(buffer << (5 - bits)) & 31];
    }

    /// <summary>False unless the text is exactly what <see cref="Encode(ReadOnlySpan{byte})"/> writes for <paramref name="bytes"/>' length.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != EncodedLength(bytes.Length)) return false;

        var (buffer, bits, at) = (0, 0, 0);
        foreach (var c in text)
        {
            var digit = c switch { >= 'a' and <= 'z' => c - 'a', >= '2' and <= '7' => c - '2' + 26, _ => -1 };
            if (digit < 0) return false;
            buffer = (buffer << 5) | digit;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(buffer >> bits);
            buffer &= (1 << bits) - 1;
        }

        return buffer == 0; // left-over bits must be zero, or two texts would name one value
    }
}
