using System.Text;
using CsCheck;
using Pds.Domain.Data;

namespace Pds.Domain.Tests.Data;

public sealed class Base32Tests
{
    [Theory] // RFC 4648, section 10
    [InlineData("", "")]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void Encodes_as_the_standard_does(string text, string base32) => Assert.Equal(base32, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Decodes_what_it_encodes() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var decoded = new byte[bytes.Length];

        Assert.True(Base32.TryDecode(Base32.Encode(bytes), decoded));
        Assert.Equal(bytes, decoded);
    });

    [Theory]
    [InlineData("mz")] // stray bits
    [InlineData("m")]
    [InlineData("myy")]
    [InlineData("MY")]
    [InlineData("m1")]
    [InlineData("m8")]
    [InlineData("m=")]
    [InlineData("mé")]
    [InlineData("")]
    public void Refuses_every_other_text_for_a_byte(string text) => Assert.False(Base32.TryDecode(text, new byte[1]));
}
