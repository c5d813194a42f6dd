using System.Text;
using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Lexicon;

/// <summary>Records and lexicons written as JSON, as people write them.</summary>
internal static class LexiconTestData
{
    public const string RawCid = "bafkreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";

    public static readonly RecordKey TidKey = RecordKey.Parse("3kznmn7xqxl22");

    public static LexObject Json(string json) => (LexObject)DagJson.Parse(Encoding.UTF8.GetBytes(json));

    public static LexiconDocument Document(string json) => LexiconDocument.Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>A catalog of one record type, <c>com.example.thing</c>, with these properties and further definitions.</summary>
    public static LexiconCatalog Thing(string properties, string definitions = "", string nullable = "") => LexiconCatalog.Empty.With([Document($$"""
        {
          "lexicon": 1,
          "id": "com.example.thing",
          "defs": {
            {{definitions}}
            "main": { "type": "record", "key": "any", "record": { "type": "object", "nullable": [{{nullable}}], "properties": { {{properties}} } } }
          }
        }
        """)]);

    /// <summary>What is wrong with a <c>com.example.thing</c>, without the words that every such message starts with; null where nothing is.</summary>
    public static string? Fault(LexiconCatalog catalog, string fields) => Fault(catalog, "com.example.thing", fields);

    /// <param name="fields">The record's fields as JSON, all but <c>$type</c>.</param>
    public static string? Fault(LexiconCatalog catalog, string type, string fields)
    {
        var record = $$"""{ "$type": "{{type}}"{{(fields.Length > 0 ? "," : "")}} {{fields}} }""";
        try
        {
            var rkey = catalog.FindRecord(Nsid.Parse(type))!.Key.Literal ?? TidKey;
            new RecordValidator(catalog).Validate(Nsid.Parse(type), rkey, Json(record));
            return null;
        }
        catch (InvalidRecordException refused)
        {
            var opening = $"Invalid {type} record: ";
            Assert.StartsWith(opening, refused.Message, StringComparison.Ordinal);
            return refused.Message[opening.Length..];
        }
    }
}
