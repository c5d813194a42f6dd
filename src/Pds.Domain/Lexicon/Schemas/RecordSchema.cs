using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>record</c>: an object that can stand in a repo under its own name, with a rule for its key.</summary>
/// <remarks>https://atproto.com/specs/lexicon#record</remarks>
public sealed record RecordSchema(string Type, RecordKeyRule Key, ObjectSchema Record) : LexiconSchema
{
    public override IEnumerable<string> Refs => Record.Refs;

    internal static RecordSchema Read(LexiconNode node)
    {
        _ = node.OptionalText("description");
        var key = RecordKeyRule.Find(node.Text("key")) ?? throw node.Error("\"key\" must be tid, nsid, any or literal:<a record key>");
        var record = node.Child("record");
        if (record.Text("type") != "object") throw record.Error("must be of type object");
        return new RecordSchema(node.Id.Value, key, ObjectSchema.Read(record, name: null));
    }

    internal override ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth)
    {
        if (Record.Check(value, catalog, depth) is { } issue) return issue;

        // Unlike an object, a record always says what it is.
        var type = ((LexObject)value)[LexObject.TypeKey];
        return (type as LexString)?.Value == Type ? null : ValidationIssue.WrongValue(type, new LexString(Type)).At(LexObject.TypeKey);
    }
}
