using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Crypto;

public sealed class PrivateKeyTests
{
    [Theory]
    [InlineData(Curve.K256, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Curve.P256, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Curve.K256, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141")]
    [InlineData(Curve.P256, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551")]
    [InlineData(Curve.K256, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData(Curve.K256, "01")]
    [InlineData(Curve.K256, "")]
    [InlineData(Curve.K256, "000000000000000000000000000000000000000000000000000000000000000001")]
    public void Refuses_zero_the_order_and_other_lengths(Curve curve, string hex)
    {
        var refusal = Assert.Throws<FormatException>(() => PrivateKey.Of(curve, Convert.FromHexString(hex)));

        Assert.StartsWith("Invalid private key", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Curve.K256, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364140")]
    [InlineData(Curve.P256, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550")]
    [InlineData(Curve.P256, "0000000000000000000000000000000000000000000000000000000000000001")]
    public void Takes_the_first_and_the_last_number_of_the_range(Curve curve, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(PrivateKey.Of(curve, Convert.FromHexString(hex)).Reveal()));

    [Fact]
    public void Is_another_one_each_time() =>
        Assert.NotEqual(PrivateKey.Generate(Curve.K256).Reveal().ToArray(), PrivateKey.Generate(Curve.K256).Reveal().ToArray());

    [Fact]
    public void Prints_nothing_of_itself()
    {
        var key = PrivateKey.Of(Curve.K256, Enumerable.Repeat((byte)0x41, 32).ToArray());

        Assert.Equal("•••", $"{key}");
        Assert.Equal("""{"Curve":0}""", JsonSerializer.Serialize(key));
    }
}
