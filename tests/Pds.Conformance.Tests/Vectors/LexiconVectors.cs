using System.Text;
using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Vectors;

public sealed class LexiconVectors
{
    private const string Catalog = "lexicon/catalog";

    private const string SmallRecord = """
        {
          "lexicon": 1,
          "id": "example.lexicon.record",
          "defs": {
            "main": {
              "type": "record",
              "key": "literal:demo",
              "record": {
                "type": "object",
                "required": ["integer"],
                "properties": {
                  "integer": { "type": "integer" },
                  "unknown": { "type": "unknown" },
                  "closedUnion": { "type": "union", "refs": ["#demoObject"], "closed": true }
                }
              }
            },
            "demoObject": { "type": "object", "properties": { "a": { "type": "integer" } } }
          }
        }
        """;

    private static readonly Lazy<RecordValidator> Validator = new(() => new RecordValidator(
        InteropFiles.Root is { } root
            ? LexiconCatalog.Empty.WithFolder(Path.Combine(root, Catalog))
            : LexiconCatalog.Empty.With([Parse(SmallRecord)])));

    public static TheoryData<string> Documents =>
        [SmallRecord, .. InteropFiles.Root is { } root ? Directory.GetFiles(Path.Combine(root, Catalog)).Select(File.ReadAllText) : []];

    [Theory, MemberData(nameof(Documents))]
    public void A_catalog_document_is_read(string json) => Assert.NotEmpty(Parse(json).Definitions);

    [Theory, InteropItems("lexicon/lexicon-valid.json", """{"name":"token","lexicon":{"lexicon":1,"id":"a.b.c","defs":{"t":{"type":"token"}}}}""")]
    public void A_valid_document_is_read(string item) => Assert.NotEmpty(Parse(Part(item, "lexicon")).Definitions);

    [Theory, InteropItems("lexicon/lexicon-invalid.json", """{"name":"no definitions","lexicon":{"lexicon":1,"id":"a.b.c","defs":{}}}""")]
    public void An_invalid_document_is_refused(string item) => Assert.Throws<LexiconException>(() => Parse(Part(item, "lexicon")));

    [Theory, InteropItems("lexicon/record-data-valid.json", """{"rkey":"demo","data":{"$type":"example.lexicon.record","integer":1}}""")]
    public void Valid_data_is_valid(string item) => Assert.Equal(ValidationStatus.Valid, Validate(item));

    [Theory, InteropItems(
        "lexicon/record-data-invalid.json",
        """{"rkey":"demo","data":{"$type":"example.lexicon.record"}}""",
        """{"rkey":"self","data":{"$type":"example.lexicon.record","integer":1}}""",
        """{"rkey":"demo","data":{"$type":"example.lexicon.record","integer":1,"closedUnion":{"$type":"other.lexicon.name"}}}""")]
    public void Invalid_data_is_refused(string item) =>
        Assert.True(Record.Exception(() => Validate(item)) is InvalidRecordException or DataModelException);

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("false", false)]
    [InlineData("""{"$bytes":"123"}""", false)]
    [InlineData("""{"$type":"blob","mimeType":"text/plain","size":1,"ref":{"$link":"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq"}}""", false)]
    public void Unknown_is_a_map_and_nothing_else(string json, bool isValid) // the vectors for this also lack a required field, so they cannot tell
    {
        var item = $$"""{"rkey":"demo","data":{"$type":"example.lexicon.record","integer":1,"unknown":{{json}} } }""";

        var refusal = Record.Exception(() => Validate(item));

        Assert.Equal(isValid, refusal is null);
    }

    private static ValidationStatus Validate(string item)
    {
        var record = (LexObject)DagJson.Parse(Encoding.UTF8.GetBytes(Part(item, "data")));
        return Validator.Value.Validate(Nsid.Parse(record.Type!), RecordKey.Parse(Part(item, "rkey").Trim('"')), record);
    }

    private static LexiconDocument Parse(string json) => LexiconDocument.Parse(Encoding.UTF8.GetBytes(json));

    private static string Part(string item, string name)
    {
        using var json = JsonDocument.Parse(item);
        return json.RootElement.GetProperty(name).GetRawText();
    }
}
