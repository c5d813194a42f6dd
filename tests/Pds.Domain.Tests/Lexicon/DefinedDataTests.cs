using System.Text;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;

namespace Pds.Domain.Tests.Lexicon;

public sealed class DefinedDataTests
{
    private static readonly DefinedData Data = new(LexiconCatalog.Empty.With([LexiconDocument.Parse(Encoding.UTF8.GetBytes("""
        {
          "lexicon": 1,
          "id": "com.example.defs",
          "defs": {
            "list": { "type": "array", "items": { "type": "union", "refs": ["#thing", "#other"] } },
            "thing": {
              "type": "object",
              "required": ["flag"],
              "properties": {
                "flag": { "type": "boolean", "default": true },
                "count": { "type": "integer", "default": 3 },
                "word": { "type": "string", "default": "so" },
                "none": { "type": "string" },
                "inner": { "type": "ref", "ref": "#other" }
              }
            },
            "other": { "type": "object", "required": ["n"], "properties": { "n": { "type": "integer", "default": 0 }, "must": { "type": "string" } } }
          }
        }
        """))]));

    [Theory]
    [InlineData("""[{"$type":"com.example.defs#thing"}]""", """[{"$type":"com.example.defs#thing","flag":true,"count":3,"word":"so"}]""")]
    [InlineData(
        """[{"flag":false,"inner":{},"$type":"com.example.defs#thing","more":{}}]""",
        """[{"flag":false,"inner":{"n":0},"$type":"com.example.defs#thing","more":{},"count":3,"word":"so"}]""")]
    [InlineData("""[{"$type":"com.example.unknown"}]""", """[{"$type":"com.example.unknown"}]""")]
    public void What_is_absent_gets_its_default_however_deep(string sent, string read) =>
        Assert.Equal(read, DagJson.ToText(Data.Read("com.example.defs#list", Json(sent), "$.things")));

    [Theory]
    [InlineData("""[{"$type":"com.example.defs#thing","flag":1}]""", "Expected boolean value type (got 1) at $.things[0].flag")]
    [InlineData("""[{"$type":"com.example.defs#thing","inner":{"must":1}}]""", "Expected string value type (got 1) at $.things[0].inner.must")]
    [InlineData("{}", "Expected array value type (got {}) at $.things")]
    public void What_is_wrong_stays_wrong(string sent, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidRecordException>(() => Data.Read("com.example.defs#list", Json(sent), "$.things")).Message);

    [Fact]
    public void Knows_the_variants_of_a_lists_items()
    {
        Assert.Equal(["com.example.defs#thing", "com.example.defs#other"], Data.VariantsOf("com.example.defs#list"));
        Assert.Empty(Data.VariantsOf("com.example.defs#thing"));
        Assert.Empty(Data.VariantsOf("com.example.unknown#list"));
        Assert.Equal("1", DagJson.ToText(Data.Read("com.example.unknown#list", new LexInteger(1), "$")));
    }

    private static LexValue Json(string text) => DagJson.Parse(Encoding.UTF8.GetBytes(text));
}
