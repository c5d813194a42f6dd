using CsCheck;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Syntax;

public sealed class TidTests
{
    [Fact]
    public void Sorts_as_text_as_it_does_as_a_number() => Gen.Select(Gen.ULong[0, long.MaxValue], Gen.ULong[0, long.MaxValue]).Sample((one, other) =>
        Assert.Equal(Math.Sign(one.CompareTo(other)), Math.Sign(string.CompareOrdinal(new Tid(one).ToString(), new Tid(other).ToString()))));

    [Fact]
    public void Is_read_back_from_its_text() => Gen.ULong[0, long.MaxValue].Sample(bits => Assert.Equal(bits, Tid.Parse(new Tid(bits).ToString()).Bits));

    [Theory]
    [InlineData("3jzfcijpj2z2")]
    [InlineData("3jzfcijpj2z2aa")]
    [InlineData("3jzf-cij-pj2z-2a")]
    [InlineData("zzzzzzzzzzzzz")] // the highest bit
    [InlineData("kjzfcijpj2z2a")]
    [InlineData("0jzfcijpj2z2a")]
    [InlineData("3JZFCIJPJ2Z2A")]
    [InlineData("")]
    public void Refuses_what_is_none(string text) => Assert.False(Tid.TryParse(text, out _));
}
