using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary>What a lexicon says about a value: one of the language's types with its constraints.</summary>
/// <remarks>https://atproto.com/specs/lexicon#overview-of-types</remarks>
public abstract record LexiconSchema
{
    private protected LexiconSchema()
    {
    }

    /// <summary>The full names of the definitions that this one refers to.</summary>
    public virtual IEnumerable<string> Refs => [];

    /// <summary>What is wrong with a value, or null where nothing is. Allocates only what a message needs.</summary>
    /// <param name="depth">How deep the value lies; a record counts as 1. Bounds the recursion for values that no parser has bounded.</param>
    internal abstract ValidationIssue? Check(LexValue value, LexiconCatalog catalog, int depth);

    /// <summary>What stands for an absent field of this type; null where nothing does.</summary>
    internal virtual LexValue? Absent => null;

    /// <summary>A value with what stands for its absent fields put in, however deep. Right and wrong values alike: it does not look.</summary>
    internal virtual LexValue Complete(LexValue value, LexiconCatalog catalog) => value;

    /// <summary>Reads a definition: of the types that a document can give a name.</summary>
    internal static LexiconSchema ReadDefinition(LexiconNode node, string name)
    {
        var type = node.Text("type");
        var isMain = name == LexiconDocument.Main;
        return type switch
        {
            "object" => ObjectSchema.Read(node, node.Id.FullName(name)),
            "token" => new TokenSchema(node.Id.FullName(name)),
            "record" when isMain => RecordSchema.Read(node),
            "query" or "procedure" or "subscription" when isMain => EndpointSchema.Read(node, type),
            "permission-set" when isMain => PermissionSetSchema.Read(node),
            "record" or "query" or "procedure" or "subscription" or "permission-set" => throw node.Error($"a {type} must be the main definition"),
            "ref" or "union" or "unknown" => throw node.Error($"a {type} cannot be a definition of its own"),
            _ => ReadField(node),
        };
    }

    /// <summary>Reads the schema of a property or of a list's items.</summary>
    internal static LexiconSchema ReadField(LexiconNode node)
    {
        _ = node.OptionalText("description");
        var type = node.Text("type");
        return type switch
        {
            "boolean" => BooleanSchema.Read(node),
            "integer" => IntegerSchema.Read(node),
            "string" => StringSchema.Read(node),
            "bytes" => BytesSchema.Read(node),
            "cid-link" => new CidLinkSchema(),
            "blob" => BlobSchema.Read(node),
            "array" => ArraySchema.Read(node),
            "object" => ObjectSchema.Read(node, name: null),
            "ref" => RefSchema.Read(node),
            "union" => UnionSchema.Read(node),
            "unknown" => new UnknownSchema(),
            _ => throw node.Error($"\"{type}\" is not a type that can stand here"),
        };
    }
}
