using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Domain.Tests.Data;

public sealed class DagJsonTests
{
    private const string Cid = "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua";

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("-0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("9007199254740991", LexValue.MaxSafeInteger)]
    [InlineData("-9007199254740991", -LexValue.MaxSafeInteger)]
    public void Reads_whole_numbers_however_they_are_written(string json, long value) => Assert.Equal(new LexInteger(value), Parse(json));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("9223372036854775808")]
    [InlineData("1e300")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    public void Refuses_every_other_number(string json) => Assert.Throws<DataModelException>(() => Parse(json));

    [Fact]
    public void Reads_links_and_bytes()
    {
        Assert.Equal(new LexLink(Domain.Data.Cid.Parse(Cid)), Parse($$"""{"$link":"{{Cid}}"}"""));
        Assert.Equal(new LexBytes("hello"u8.ToArray()), Parse("""{"$bytes":"aGVsbG8"}"""));
        Assert.Equal(new LexBytes("hello"u8.ToArray()), Parse("""{"$bytes":"aGVsbG8="}"""));
        Assert.Equal(new LexBytes(Array.Empty<byte>()), Parse("""{"$bytes":""}"""));
    }

    [Theory]
    [InlineData("""{"$link":"."}""")]
    [InlineData("""{"$link":1}""")]
    [InlineData("""{"$link":null}""")]
    [InlineData($$"""{"$link":"{{Cid}}","a":1}""")]
    [InlineData("""{"$link":"QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR"}""")]
    [InlineData("""{"$bytes":"%"}""")]
    [InlineData("""{"$bytes":"a"}""")]
    [InlineData("""{"$bytes":[1]}""")]
    [InlineData("""{"$bytes":"aGVsbG8","a":1}""")]
    public void Refuses_links_and_bytes_that_are_none(string json) => Assert.Throws<DataModelException>(() => Parse(json));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("""{"__proto__":1}""")]
    [InlineData("""{"$type":""}""")]
    [InlineData("""{"$type":1}""")]
    [InlineData("""{"$type":null}""")]
    [InlineData("""{"$type":"blob"}""")]
    [InlineData($$$"""{"$type":"blob","ref":{"$link":"{{{Cid}}}"},"mimeType":"a","size":1}""")]
    [InlineData($$$"""{"$type":"blob","ref":{"$link":"{{{Cid}}}"},"mimeType":"a/b","size":-1}""")]
    [InlineData($$$"""{"$type":"blob","ref":"{{{Cid}}}","mimeType":"a/b","size":1}""")]
    public void Refuses_maps_that_the_data_model_has_no_place_for(string json) => Assert.Throws<DataModelException>(() => Parse(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{}{}")]
    [InlineData("{'a':1}")]
    [InlineData("// a\n1")]
    [InlineData("tru")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    public void Refuses_broken_JSON(string json) => Assert.Throws<DataModelException>(() => Parse(json));

    [Fact]
    public void Refuses_text_that_is_not_UTF_8() => Assert.Throws<DataModelException>(() => DagJson.Parse([(byte)'"', 0xff, (byte)'"']));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Nests_64_deep_and_no_deeper(string open, string close)
    {
        string Nested(int levels) => string.Concat(Enumerable.Repeat(open, levels)) + "0" + string.Concat(Enumerable.Repeat(close, levels));

        Assert.NotNull(Parse(Nested(LexValue.MaxDepth)));
        Assert.Throws<DataModelException>(() => Parse(Nested(LexValue.MaxDepth + 1)));
        Assert.Throws<DataModelException>(() => Parse(Nested(100_000)));
    }

    [Fact]
    public void Writes_what_it_reads_back() => RandomLex.Value.Sample(value => Assert.Equal(value, DagJson.Parse(Write(json => DagJson.Write(json, value)))));

    [Fact]
    public void Transcodes_a_block_as_it_would_write_the_value() => RandomLex.Value.Sample(value =>
    {
        var block = DagCborWriter.Encode(value);

        Assert.Equal(value, DagJson.Parse(Write(json => DagJson.Transcode(block, json))));
    });

    private static LexValue Parse(string json) => DagJson.Parse(Encoding.UTF8.GetBytes(json));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
