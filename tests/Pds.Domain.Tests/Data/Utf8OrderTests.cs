using System.Text;
using CsCheck;
using Pds.Domain.Data;

namespace Pds.Domain.Tests.Data;

public sealed class Utf8OrderTests
{
    private static readonly Gen<string> Text =
        Gen.OneOf("a", "b", "é", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "😀", "\U0010FFFF").Array[0, 4].Select(string.Concat);

    [Fact]
    public void Is_the_order_of_the_bytes() => Gen.Select(Text, Text).Sample((one, other) => Assert.Equal(
        Math.Sign(Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other))), Math.Sign(Utf8Order.Compare(one, other))));

    [Fact]
    public void Differs_from_the_order_of_UTF_16()
    {
        Assert.True(Utf8Order.Compare("\uFFFD", "😀") < 0);
        Assert.True(string.CompareOrdinal("\uFFFD", "😀") > 0);
    }
}
