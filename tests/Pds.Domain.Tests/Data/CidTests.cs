using CsCheck;
using Pds.Domain.Data;

namespace Pds.Domain.Tests.Data;

public sealed class CidTests
{
    private const string OfEmptyMap = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua";

    private static readonly Gen<Cid> Random = Gen.Select(Gen.Byte.Array[32], Gen.Bool, (digest, isRaw) => Cid.OfDigest(isRaw ? CidCodec.Raw : CidCodec.DagCbor, digest));

    [Fact]
    public void Names_a_block_by_its_hash_and_codec()
    {
        Assert.Equal(OfEmptyMap, Cid.Of(CidCodec.DagCbor, [0xa0]).ToString());
        Assert.Equal("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e", Cid.Of(CidCodec.Raw, "hello world"u8).ToString());
    }

    [Fact]
    public void Is_read_back_from_its_text_and_its_bytes() => Random.Sample(cid =>
    {
        Assert.Equal(cid, Cid.Parse(cid.ToString()));
        Assert.Equal(cid, Cid.FromBytes(cid.ToBytes()));
        Assert.Equal(cid.GetHashCode(), Cid.Parse(cid.ToString()).GetHashCode());
    });

    [Fact]
    public void Sorts_by_its_bytes() => Gen.Select(Random, Random).Sample((one, other) =>
        Assert.Equal(Math.Sign(one.ToBytes().AsSpan().SequenceCompareTo(other.ToBytes())), Math.Sign(one.CompareTo(other))));

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR")] // version 0
    [InlineData("zdpuAyvkgEDQm9TenwGkd5eNaosSxjgEYd8QatfPetgB1CdEZ")] // base58
    [InlineData("BAFYREIGBTJ4X7IP5LEGNFZNUFUOPL4SG4KNZC2COF6DUAS4B3Q2FY6SWUA")]
    [InlineData("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swub")] // stray bits
    [InlineData("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")] // dag-pb
    [InlineData("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua=")]
    public void Refuses_what_is_not_blessed(string text) => Assert.False(Cid.TryParse(text, out _));

    [Fact]
    public void Refuses_bytes_of_another_length_version_hash_or_codec()
    {
        var good = Cid.Parse(OfEmptyMap).ToBytes();

        Assert.False(Cid.TryFromBytes(good.AsSpan(..^1), out _));
        Assert.False(Cid.TryFromBytes([.. good, 0], out _));
        for (var at = 0; at < 4; at++)
        {
            var bad = (byte[])good.Clone();
            bad[at] ^= 2;
            Assert.False(Cid.TryFromBytes(bad, out _));
        }
    }

    [Fact]
    public void Refuses_a_digest_that_is_none() => Assert.Throws<ArgumentException>(() => Cid.OfDigest(CidCodec.Raw, new byte[31]));
}
