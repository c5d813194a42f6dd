using System.Numerics;
using CsCheck;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Crypto;

public sealed class SignatureTests
{
    private static readonly Gen<Curve> Curves = Gen.Bool.Select(k256 => k256 ? Curve.K256 : Curve.P256);
    private static readonly Gen<byte[]> Signatures = Gen.Byte.Array[Signature.ByteLength];

    [Fact]
    public void The_lower_s_is_low_and_the_same_signature() => Gen.Select(Curves, Signatures).Where(InRange).Sample((curve, signature) =>
    {
        var lowered = signature.ToArray();

        Signature.ToLowS(curve, lowered);

        Assert.True(Signature.IsLowS(curve, lowered));
        Assert.Equal(signature[..32], lowered[..32]);
        Assert.True(S(lowered) == S(signature) || S(lowered) == Order(curve) - S(signature));
    });

    [Fact]
    public void Lowering_twice_changes_nothing_more() => Gen.Select(Curves, Signatures).Sample((curve, signature) =>
    {
        Signature.ToLowS(curve, signature);
        var once = signature.ToArray();

        Signature.ToLowS(curve, signature);

        Assert.Equal(once, signature);
    });

    [Fact]
    public void Of_s_and_its_negative_one_is_low() => Gen.Select(Curves, Signatures).Where(InRange).Sample((curve, signature) =>
        Assert.NotEqual(Signature.IsLowS(curve, signature), Signature.IsLowS(curve, WithS(Order(curve) - S(signature)))));

    [Fact]
    public void The_border_is_half_the_order()
    {
        foreach (var curve in (Curve[])[Curve.K256, Curve.P256])
        {
            var half = Order(curve) / 2;

            Assert.True(Signature.IsLowS(curve, WithS(half)));
            Assert.False(Signature.IsLowS(curve, WithS(half + 1)));
            Assert.False(Signature.IsLowS(curve, WithS(Order(curve) - 1)));
            Assert.False(Signature.IsLowS(curve, WithS(Order(curve) + 1)));
            Assert.False(Signature.IsLowS(curve, WithS((BigInteger.One << 256) - 1)));
        }
    }

    [Theory, InlineData(0), InlineData(63), InlineData(65), InlineData(71)]
    public void Another_length_is_no_signature(int length)
    {
        Assert.False(Signature.IsLowS(Curve.K256, new byte[length]));
        Assert.Throws<ArgumentException>(() => Signature.ToLowS(Curve.K256, new byte[length]));
    }

    // Random bytes are a valid s but for one in 2³² on P-256.
    private static bool InRange((Curve Curve, byte[] Signature) sample) => S(sample.Signature) < Order(sample.Curve) && S(sample.Signature) > 0;

    private static BigInteger S(byte[] signature) => new(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);

    private static byte[] WithS(BigInteger s)
    {
        var signature = new byte[Signature.ByteLength];
        s.TryWriteBytes(signature.AsSpan(64 - s.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return signature;
    }

    private static BigInteger Order(Curve curve) => BigInteger.Parse(
        curve == Curve.K256
            ? "115792089237316195423570985008687907852837564279074904382605163141518161494337"
            : "115792089210356248762697446949407573529996955224135760342422259061068512044369",
        System.Globalization.CultureInfo.InvariantCulture);
}
