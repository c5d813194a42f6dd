using System.Buffers;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Car;

/// <summary>Unsigned LEB128 as multiformats has it: seven bits a byte, lowest first, shortest form only.</summary>
/// <remarks>https://github.com/multiformats/unsigned-varint</remarks>
public static class Varint
{
    /// <summary>Nine bytes carry 63 bits, the most the specification allows.</summary>
    public const int MaxLength = 9;

    public static int Length(ulong value)
    {
        var length = 1;
        for (; value >= 0x80; value >>= 7) length++;
        return length;
    }

    public static void Write(IBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(MaxLength + 1);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Reads a number from the front of the bytes; false if they end before it does.</summary>
    /// <exception cref="DataModelException">It is longer than it need be, or than it may be.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < bytes.Length && length < MaxLength; )
        {
            var next = bytes[length];
            value |= (ulong)(next & 0x7F) << (7 * length++);
            if (next >= 0x80) continue;
            return next > 0 || length == 1 ? true : throw new DataModelException("A length in the CAR is not in its shortest form");
        }

        return length < MaxLength ? false : throw new DataModelException("A length in the CAR is too long");
    }
}
