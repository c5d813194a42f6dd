using CsCheck;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Crypto;

public sealed class DidKeyTests
{
    private const string K256 = "did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc";
    private const string P256 = "did:key:zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo";

    private static readonly Gen<DidKey> Keys = Gen.Select(Gen.Bool.Select(k256 => k256 ? Curve.K256 : Curve.P256), Gen.Bool, Gen.Byte.Array[32], (curve, odd, x) =>
        DidKey.Of(curve, [(byte)(odd ? 3 : 2), .. x]));

    [Theory]
    [InlineData(K256, Curve.K256, "ES256K")]
    [InlineData(P256, Curve.P256, "ES256")]
    public void Tells_its_curve_and_algorithm(string text, Curve curve, string algorithm)
    {
        var key = DidKey.Parse(text);

        Assert.Equal(curve, key.Curve);
        Assert.Equal(algorithm, key.JwtAlgorithm);
        Assert.Equal(text, key.ToString());
        Assert.Equal(text, $"did:key:{key.Multibase}");
    }

    [Fact]
    public void Reads_back_what_it_printed() => Keys.Sample(key =>
    {
        Assert.Equal(key, DidKey.Parse(key.ToString()));
        Assert.Equal(key, DidKey.FromMultibase(key.Multibase));
        Assert.Equal(key.GetHashCode(), DidKey.Parse(key.ToString()).GetHashCode());
    });

    [Fact]
    public void Two_keys_are_equal_by_curve_and_point_alone()
    {
        byte[] point = [2, .. new byte[32]];
        byte[] mirrored = [3, .. new byte[32]];

        Assert.Equal(DidKey.Of(Curve.K256, point), DidKey.Of(Curve.K256, point));
        Assert.NotEqual(DidKey.Of(Curve.K256, point), DidKey.Of(Curve.P256, point));
        Assert.NotEqual(DidKey.Of(Curve.K256, point), DidKey.Of(Curve.K256, mirrored));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("did:key:")]
    [InlineData("did:key:z")]
    [InlineData("zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc")] // a multibase is not a DID
    [InlineData("did:key:Q3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc")]
    [InlineData("did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJw")]
    [InlineData("did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwcc")]
    [InlineData("did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc\n")]
    [InlineData("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")] // Ed25519
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz")]
    public void Refuses_what_is_not_a_key_of_the_protocol(string? text) => Assert.False(DidKey.TryParse(text, out _));

    [Theory]
    [InlineData("EcdsaSecp256k1VerificationKey2019", "z25z9DTpsiYYJKGsWmSPJK2NFN8PcJtZig12K59UgW7q5t", K256)]
    [InlineData("EcdsaSecp256r1VerificationKey2019", "zxdM8dSstjrpZaRUwBmDvjGXweKuEMVN95A9oJBFjkWMh", P256)]
    [InlineData("Multikey", "zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc", K256)]
    public void Reads_the_verification_methods_of_did_documents(string type, string multibase, string key)
    {
        Assert.True(DidKey.TryFromVerificationMethod(type, multibase, out var read));
        Assert.Equal(DidKey.Parse(key), read);
    }

    [Theory, InlineData(K256, "EcdsaSecp256k1VerificationKey2019"), InlineData(P256, "EcdsaSecp256r1VerificationKey2019")]
    public void Reads_an_uncompressed_point_if_it_is_on_the_curve(string text, string type)
    {
        var key = DidKey.Parse(text);
        Assert.True(CurvePoint.TryDecompress(key.Curve, key.Compressed.Span, out var point));
        byte[] uncompressed = [4, .. point.X, .. point.Y];

        Assert.True(DidKey.TryFromVerificationMethod(type, $"z{Base58.Encode(uncompressed)}", out var read));
        Assert.Equal(key, read);

        // The same parity, so compressing without a look at y would make a good key of it.
        uncompressed[^1] ^= 2;
        Assert.False(DidKey.TryFromVerificationMethod(type, $"z{Base58.Encode(uncompressed)}", out _));
    }

    [Theory]
    [InlineData("Ed25519VerificationKey2020", "z25z9DTpsiYYJKGsWmSPJK2NFN8PcJtZig12K59UgW7q5t")]
    [InlineData("Multikey", "z25z9DTpsiYYJKGsWmSPJK2NFN8PcJtZig12K59UgW7q5t")] // a bare point where a codec belongs
    [InlineData("EcdsaSecp256k1VerificationKey2019", "zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc")] // and the reverse
    [InlineData("EcdsaSecp256k1VerificationKey2019", "z")]
    [InlineData("Multikey", null)]
    [InlineData(null, "zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc")]
    public void Refuses_other_verification_methods(string? type, string? multibase) =>
        Assert.False(DidKey.TryFromVerificationMethod(type, multibase, out _));

    [Theory, InlineData(0), InlineData(32), InlineData(34)]
    public void Is_made_of_33_bytes(int length) => Assert.Throws<FormatException>(() => DidKey.Of(Curve.K256, Enumerable.Repeat((byte)2, length).ToArray()));

    [Theory, InlineData(0), InlineData(1), InlineData(4), InlineData(6)]
    public void Is_made_of_a_compressed_point(byte form) => Assert.Throws<FormatException>(() => DidKey.Of(Curve.K256, [form, .. new byte[32]]));
}
