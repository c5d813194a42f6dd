using System.Numerics;
using CsCheck;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Crypto;

public sealed class Base58Tests
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private static readonly Gen<byte[]> Bytes = Gen.Select(Gen.Int[0, 5], Gen.Byte.Array[0, 60], (zeros, rest) => (byte[])[.. new byte[zeros], .. rest]);

    // The first three are from draft-msporny-base58-03, section 5.
    [Theory]
    [InlineData("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U")]
    [InlineData("54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("0000287fb4cd", "11233QC4")]
    [InlineData("", "")]
    [InlineData("00", "1")]
    [InlineData("ff", "5Q")]
    public void Writes_what_its_specification_shows(string hex, string text) => Assert.Equal(text, Base58.Encode(Convert.FromHexString(hex)));

    [Fact]
    public void Decodes_what_it_encoded() => Bytes.Sample(bytes =>
    {
        var buffer = new byte[bytes.Length];

        Assert.True(Base58.TryDecode(Base58.Encode(bytes), buffer, out var written));
        Assert.Equal(bytes.Length, written);
        Assert.Equal(bytes, buffer);
    });

    [Fact]
    public void Decodes_into_a_buffer_that_is_too_large() => Bytes.Sample(bytes =>
    {
        var buffer = Enumerable.Repeat((byte)0xee, 100).ToArray();

        Assert.True(Base58.TryDecode(Base58.Encode(bytes), buffer, out var written));
        Assert.Equal(bytes, buffer[..written]);
    });

    [Fact]
    public void Refuses_a_buffer_that_is_too_small() => Bytes.Where(bytes => bytes.Length > 0).Sample(bytes =>
        Assert.False(Base58.TryDecode(Base58.Encode(bytes), new byte[bytes.Length - 1], out _)));

    [Fact]
    public void Writes_the_number_in_base_58() => Bytes.Sample(bytes =>
    {
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);

        var read = Base58.Encode(bytes).Aggregate(BigInteger.Zero, (sum, digit) => (sum * 58) + Alphabet.IndexOf(digit, StringComparison.Ordinal));

        Assert.Equal(number, read);
    });

    [Theory, InlineData("0"), InlineData("O"), InlineData("I"), InlineData("l"), InlineData("2 "), InlineData("2\n"), InlineData("é")]
    public void Refuses_other_characters(string text) => Assert.False(Base58.TryDecode(text, new byte[8], out _));

    [Fact]
    public void Refuses_more_than_it_was_made_for()
    {
        Assert.Throws<ArgumentException>(() => Base58.Encode(new byte[Base58.MaxByteLength + 1]));
        Assert.False(Base58.TryDecode(new string('z', 10_000_000), new byte[35], out _));
        Assert.Equal(Base58.MaxByteLength, Base58.Encode(new byte[Base58.MaxByteLength]).Length);
    }
}
