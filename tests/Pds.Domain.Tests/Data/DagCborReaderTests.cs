using CsCheck;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Domain.Tests.Data;

public sealed class DagCborReaderTests
{
    private const string Link = "d82a58250001711220" + "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData("1801")] // 1, in two bytes
    [InlineData("1817")]
    [InlineData("1900ff")]
    [InlineData("1a0000ffff")]
    [InlineData("1b00000000ffffffff")]
    [InlineData("3800")]
    [InlineData("580101")] // a length
    [InlineData("780161")]
    [InlineData("980100")]
    [InlineData("b801616100")]
    [InlineData("d9002a" + "58250001711220" + "0000000000000000000000000000000000000000000000000000000000000000")] // the tag
    public void Refuses_a_number_that_is_longer_than_it_need_be(string hex) => Refuses(hex, "shortest");

    [Theory]
    [InlineData("5f4101ff")]
    [InlineData("7f6161ff")]
    [InlineData("9f01ff")]
    [InlineData("bf616101ff")]
    public void Refuses_indefinite_lengths(string hex) => Refuses(hex, "Indefinite");

    [Theory]
    [InlineData("1c")]
    [InlineData("1d")]
    [InlineData("1e")]
    [InlineData("5c")]
    [InlineData("7d")]
    [InlineData("9e")]
    [InlineData("bc")]
    [InlineData("dc")]
    [InlineData("ff")]
    public void Refuses_what_CBOR_has_not_defined(string hex) => Refuses(hex);

    [Theory]
    [InlineData("f90000")] // 0.0, of two bytes, of four, of eight
    [InlineData("fa00000000")]
    [InlineData("fb0000000000000000")]
    [InlineData("f97e00")] // NaN
    [InlineData("f7")] // undefined
    [InlineData("e0")]
    [InlineData("f0")]
    [InlineData("f8ff")]
    [InlineData("f814")] // false, in two bytes
    public void Refuses_floats_and_simple_values(string hex) => Refuses(hex, "Floats");

    [Theory]
    [InlineData("c074323031332d30332d32315432303a30343a30305a")] // a time
    [InlineData("c249010000000000000000")] // a large number
    [InlineData("d9d9f7" + "00")] // "this is CBOR"
    [InlineData("d82b" + "00")]
    public void Refuses_every_tag_but_that_of_links(string hex) => Refuses(hex, "tag");

    [Theory]
    [InlineData("d82a5824" + "01711220" + "0000000000000000000000000000000000000000000000000000000000000000")] // without the leading zero
    [InlineData("d82a58250101711220" + "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("d82a58230012200000" + "000000000000000000000000000000000000000000000000000000000000")] // version 0
    [InlineData("d82a58250001701220" + "0000000000000000000000000000000000000000000000000000000000000000")] // dag-pb
    [InlineData("d82a58250001711320" + "0000000000000000000000000000000000000000000000000000000000000000")] // another hash
    [InlineData("d82a40")]
    [InlineData("d82a6161")]
    [InlineData("d82a00")]
    public void Refuses_links_that_are_not_blessed(string hex) => Refuses(hex);

    [Theory]
    [InlineData("a2616100616100", "Duplicate")]
    [InlineData("a3616100616200616200", "Duplicate")]
    [InlineData("a2616200616100", "order")]
    [InlineData("a262616100616200", "order")] // the longer first
    [InlineData("a2616100" + "6000", "order")] // the empty one last
    [InlineData("a262c3a900616200", "order")] // counted in bytes
    [InlineData("a10000", "Expected text")]
    [InlineData("a1416100", "Expected text")]
    [InlineData("a1f600", "Expected text")]
    public void Refuses_maps_whose_keys_are_out_of_order_twice_or_no_text(string hex, string why) => Refuses(hex, why);

    [Fact]
    public void Takes_an_empty_key_where_it_belongs() => Assert.Equal(2, DagCborReader.DecodeObject(Convert.FromHexString("a26000616100")).Count);

    [Theory]
    [InlineData("61ff")]
    [InlineData("62c328")]
    [InlineData("63e28228")]
    [InlineData("63eda080")] // half a surrogate pair
    [InlineData("62c080")] // too long a form
    [InlineData("64f4908080")] // past the last code point
    [InlineData("a161ff00")]
    public void Refuses_text_that_is_not_UTF_8(string hex) => Refuses(hex, "UTF-8");

    [Theory]
    [InlineData("1b8000000000000000")]
    [InlineData("1bffffffffffffffff")]
    [InlineData("3b8000000000000000")]
    public void Refuses_integers_of_more_than_63_bits_and_a_sign(string hex) => Refuses(hex, "range");

    [Fact]
    public void Reads_the_greatest_and_the_smallest_integer()
    {
        Assert.Equal(new LexInteger(long.MaxValue), DagCborReader.Decode(Convert.FromHexString("1b7fffffffffffffff")));
        Assert.Equal(new LexInteger(long.MinValue), DagCborReader.Decode(Convert.FromHexString("3b7fffffffffffffff")));
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("a000")]
    [InlineData("f6f6")]
    public void Refuses_what_follows_the_value(string hex) => Refuses(hex, "after");

    [Theory]
    [InlineData("5b7fffffffffffffff")]
    [InlineData("7b7fffffffffffffff")]
    [InlineData("9affffffff")]
    [InlineData("9b7fffffffffffffff00")]
    [InlineData("ba7fffffff")]
    [InlineData("bbffffffffffffffff")]
    [InlineData("9a00ffffff00")]
    public void Reserves_nothing_for_a_forged_length(string hex) => Refuses(hex, "too soon");

    [Theory]
    [InlineData("81", "00")]
    [InlineData("a16161", "00")]
    public void Nests_64_deep_and_no_deeper(string level, string leaf)
    {
        var deepest = Convert.FromHexString(string.Concat(Enumerable.Repeat(level, LexValue.MaxDepth)) + leaf);
        byte[] tooDeep = [.. Convert.FromHexString(level), .. deepest];

        Assert.Equal(deepest, DagCborWriter.Encode(DagCborReader.Decode(deepest)));
        Assert.Equal(deepest.Length, Skip(deepest));
        Assert.Throws<DataModelException>(() => DagCborReader.Decode(tooDeep));
        Assert.Throws<DataModelException>(() => Skip(tooDeep));
    }

    [Fact]
    public void Does_not_overflow_the_stack_on_a_million_levels()
    {
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, (byte)0x81);

        Assert.Throws<DataModelException>(() => DagCborReader.Decode(bytes));
        Assert.Throws<DataModelException>(() => Skip(bytes));
    }

    [Fact]
    public void Refuses_every_value_that_is_cut_short() => RandomLex.Value.Sample(value =>
    {
        var bytes = DagCborWriter.Encode(value);
        for (var length = Math.Max(0, bytes.Length - 60); length < bytes.Length; length++) Assert.Throws<DataModelException>(() => DagCborReader.Decode(bytes.AsSpan(0, length)));
    }, iter: 50);

    [Fact]
    public void What_it_reads_is_encoded_in_that_way_alone() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        if (TryDecode(bytes) is { } value) Assert.Equal(bytes, DagCborWriter.Encode(value));
    });

    [Fact]
    public void A_changed_byte_gives_another_value_or_none() =>
        Gen.Select(RandomLex.Value, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample((value, at, change) =>
        {
            var bytes = DagCborWriter.Encode(value);
            bytes[at % bytes.Length] ^= change;

            if (TryDecode(bytes) is { } other) Assert.Equal(bytes, DagCborWriter.Encode(other));
        });

    [Fact]
    public void Passing_over_a_value_checks_it_like_reading() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        var (isRead, isSkipped) = (TryDecode(bytes) is not null, TrySkip(bytes));

        Assert.Equal(isRead, isSkipped);
    });

    [Fact]
    public void Reads_a_link_and_peeks_at_every_kind()
    {
        var expected = new (string Hex, DagCborKind Kind)[]
        {
            ("00", DagCborKind.Integer), ("20", DagCborKind.Integer), ("40", DagCborKind.Bytes), ("60", DagCborKind.Text), ("80", DagCborKind.Array),
            ("a0", DagCborKind.Map), (Link, DagCborKind.Link), ("f4", DagCborKind.Boolean), ("f5", DagCborKind.Boolean), ("f6", DagCborKind.Null),
        };

        Assert.All(expected, one => Assert.Equal(one.Kind, new DagCborReader(Convert.FromHexString(one.Hex)).Peek()));
        Assert.IsType<LexLink>(DagCborReader.Decode(Convert.FromHexString(Link)));
    }

    private static void Refuses(string hex, string why = "")
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Contains(why, Assert.Throws<DataModelException>(() => DagCborReader.Decode(bytes)).Message, StringComparison.Ordinal);
        Assert.Throws<DataModelException>(() => Skip(bytes));
    }

    private static LexValue? TryDecode(byte[] bytes)
    {
        try
        {
            return DagCborReader.Decode(bytes);
        }
        catch (DataModelException)
        {
            return null;
        }
    }

    private static bool TrySkip(byte[] bytes)
    {
        try
        {
            return Skip(bytes) == bytes.Length;
        }
        catch (DataModelException)
        {
            return false;
        }
    }

    private static int Skip(byte[] bytes)
    {
        var reader = new DagCborReader(bytes);
        reader.SkipValue();
        reader.EnsureEnd();
        return reader.Position;
    }
}
