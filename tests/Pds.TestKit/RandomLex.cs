using CsCheck;
using Pds.Domain.Data;

namespace Pds.TestKit;

/// <summary>Random values of the data model: keys that differ in length, beyond ASCII and beyond U+FFFF; integers near the edges.</summary>
public static class RandomLex
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.OneOf("a", "b", "z", "é", "ﬀ", "\uFFFD", "𝒜", "😀", "\uD7FF", "\uE000", "0", " ", "\n", "\"").Array[0, 6].Select(string.Concat),
        Gen.Char.AlphaNumeric.Array[0, 300].Select(letters => new string(letters)));

    private static readonly Gen<long> Integer = Gen.OneOf(
        Gen.Long[-LexValue.MaxSafeInteger, LexValue.MaxSafeInteger], Gen.Long[-300, 300],
        Gen.OneOf(23L, 24, 255, 256, 65535, 65536, uint.MaxValue, uint.MaxValue + 1L, LexValue.MaxSafeInteger, -24, -25, -256, -257, -LexValue.MaxSafeInteger));

    private static readonly Gen<LexValue> Leaf = Gen.OneOf(
        Gen.Const<LexValue>(LexNull.Value), Gen.Bool.Select(value => (LexValue)new LexBoolean(value)), Integer.Select(value => (LexValue)new LexInteger(value)),
        Text.Select(value => (LexValue)new LexString(value)), Gen.Byte.Array[0, 40].Select(value => (LexValue)new LexBytes(value)),
        Gen.Byte.Array[1, 8].Select(value => (LexValue)new LexLink(Cid.Of(value[0] < 128 ? CidCodec.Raw : CidCodec.DagCbor, value))));

    /// <summary>Up to five levels.</summary>
    public static Gen<LexValue> Value { get; } = Nested(4);

    /// <summary>Its keys never are those that JSON gives a meaning.</summary>
    public static Gen<LexObject> Object { get; } = Gen.Select(Text, Nested(3)).Array[0, 8].Select(MapOf);

    private static Gen<LexValue> Nested(int levels) => levels == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Nested(levels - 1).Array[0, 5].Select(items => (LexValue)new LexArray(items)),
            Gen.Select(Text, Nested(levels - 1)).Array[0, 6].Select(fields => (LexValue)MapOf(fields)));

    private static LexObject MapOf((string Key, LexValue Value)[] fields) =>
        new(fields.DistinctBy(field => field.Key).ToDictionary(field => field.Key, field => field.Value));
}
