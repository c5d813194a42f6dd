namespace Pds.Domain.Data;

/// <summary>The bytes that CBOR (RFC 8949 §3) builds an item's head from: a major type in the top three bits, its argument's size below.</summary>
internal static class CborMajor
{
    public const byte Unsigned = 0 << 5;
    public const byte Negative = 1 << 5;
    public const byte Bytes = 2 << 5;
    public const byte Text = 3 << 5;
    public const byte Array = 4 << 5;
    public const byte Map = 5 << 5;
    public const byte Tag = 6 << 5;
    public const byte Simple = 7 << 5;

    public const byte OneByte = 24;
    public const byte TwoBytes = 25;
    public const byte FourBytes = 26;
    public const byte EightBytes = 27;

    public const byte FalseByte = Simple | 20;
    public const byte TrueByte = Simple | 21;
    public const byte NullByte = Simple | 22;
}
