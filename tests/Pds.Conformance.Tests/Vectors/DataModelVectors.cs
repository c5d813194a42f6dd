using System.Text;
using System.Text.Json;
using Pds.Domain.Data;

namespace Pds.Conformance.Tests.Vectors;

public sealed class DataModelVectors
{
    private const string EmptyMap = """{"json":{},"cbor_base64":"oA","cid":"bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua"}""";

    // Shorter keys come first, then the order of bytes: neither that of the text nor that of UTF-16.
    private const string ManyKeys = """{"json":{"b":0,"aa":1,"é":2,"�":3,"😀":4,"a":5,"aaa":6,"B":7},"cbor_base64":"qGFCB2FhBWFiAGJhYQFiw6kCY2FhYQZj77+9A2Twn5iABA","cid":"bafyreicqmt774kcbrts46zwfibaylhsqioll5qa35vaiyvibtauqbop4i4"}""";

    [Theory, InteropItems("data-model/data-model-fixtures.json", EmptyMap, ManyKeys)]
    public void A_value_has_one_encoding_one_cid_and_one_json(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var json = fixture.RootElement.GetProperty("json").GetRawText();
        var cbor = Convert.FromBase64String(Padded(fixture.RootElement.GetProperty("cbor_base64").GetString()!));
        var cid = Cid.Parse(fixture.RootElement.GetProperty("cid").GetString()!);

        var value = DagJson.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal(cbor, DagCborWriter.Encode(value));
        Assert.Equal(cid, Cid.Of(CidCodec.DagCbor, cbor));
        Assert.Equal(value, DagCborReader.Decode(cbor));
        Assert.True(JsonElement.DeepEquals(fixture.RootElement.GetProperty("json"), Json(writer => DagJson.Write(writer, value))));
        Assert.True(JsonElement.DeepEquals(fixture.RootElement.GetProperty("json"), Json(writer => DagJson.Transcode(cbor, writer))));
    }

    [Theory, InteropItems("data-model/data-model-valid.json", """{"json":{"a":[1,null,{"$bytes":"AQ=="}]}}""")]
    public void Valid_data_survives_the_way_through_cbor(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var value = DagJson.Parse(Encoding.UTF8.GetBytes(fixture.RootElement.GetProperty("json").GetRawText()));

        Assert.Equal(value, DagCborReader.Decode(DagCborWriter.Encode(value)));
    }

    [Theory, InteropItems("data-model/data-model-invalid.json", """{"json":{"a":1.5}}""", """{"json":{"a":{"$link":"."}}}""")]
    public void Invalid_data_is_refused(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var json = Encoding.UTF8.GetBytes(fixture.RootElement.GetProperty("json").GetRawText());

        // A record is a map; a bare value is well-formed data all the same.
        Assert.Throws<DataModelException>(() => DagJson.Parse(json) as LexObject ?? throw new DataModelException("not a map"));
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');
}
