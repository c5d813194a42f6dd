using CsCheck;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Domain.Tests.Data;

public sealed class DagCborWriterTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(23, "17")]
    [InlineData(24, "1818")]
    [InlineData(255, "18ff")]
    [InlineData(256, "190100")]
    [InlineData(65535, "19ffff")]
    [InlineData(65536, "1a00010000")]
    [InlineData(uint.MaxValue, "1affffffff")]
    [InlineData(uint.MaxValue + 1L, "1b0000000100000000")]
    [InlineData(long.MaxValue, "1b7fffffffffffffff")]
    [InlineData(-1, "20")]
    [InlineData(-24, "37")]
    [InlineData(-25, "3818")]
    [InlineData(-256, "38ff")]
    [InlineData(-257, "390100")]
    [InlineData(long.MinValue, "3b7fffffffffffffff")]
    public void Writes_integers_in_their_shortest_form(long value, string hex) =>
        Assert.Equal(hex, Convert.ToHexStringLower(DagCborWriter.Encode(new LexInteger(value))));

    [Fact]
    public void Writes_the_shorter_key_first_and_counts_bytes()
    {
        string[] canonical = ["", "a", "b", "z", "aa", "é", "ab\u0001", "\uFFFD", "😀"];
        var map = new LexObject(canonical.Reverse().ToDictionary(key => key, key => (LexValue)new LexString(key)));

        var reader = new DagCborReader(DagCborWriter.Encode(map));

        Assert.Equal(canonical.Length, reader.ReadMapHeader());
        foreach (var key in canonical)
        {
            Assert.Equal(key, reader.ReadText());
            Assert.Equal(key, reader.ReadText());
        }
    }

    [Fact]
    public void Writes_what_the_reader_reads_back() =>
        RandomLex.Value.Sample(value => Assert.Equal(value, DagCborReader.Decode(DagCborWriter.Encode(value))));

    [Fact]
    public void Writes_a_map_in_one_way_whatever_the_order_of_its_fields() => RandomLex.Object.Sample(map =>
    {
        var reversed = new LexObject(map.Fields.Reverse().ToDictionary());

        Assert.Equal(DagCborWriter.Encode(map), DagCborWriter.Encode(reversed));
    });
}
