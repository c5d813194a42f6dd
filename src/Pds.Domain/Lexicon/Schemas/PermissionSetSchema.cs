using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>permission-set</c>: permissions that an app asks for by one name, and what its author tells the user about them (https://atproto.com/specs/permission#permission-sets).</summary>
/// <param name="Title">A few words.</param>
/// <param name="Detail">A sentence or two.</param>
/// <param name="Permissions">As they are written: some may grant nothing here.</param>
public sealed record PermissionSetSchema(LocalizedText Title, LocalizedText Detail, IReadOnlyList<LexiconPermission> Permissions) : LexiconSchema
{
    private const string TypeKey = "type";
    private const string ResourceKey = "resource";

    internal static PermissionSetSchema Read(LexiconNode node)
    {
        var permissions = node.OptionalChildList("permissions") ?? throw node.Error("needs a list \"permissions\"");
        return new PermissionSetSchema(ReadText(node, "title"), ReadText(node, "detail"), [.. permissions.Select(ReadPermission)]);
    }

    internal override ValidationIssue Check(LexValue value, LexiconCatalog catalog, int depth) =>
        new("A permission-set describes permissions, not data");

    private static LexiconPermission ReadPermission(LexiconNode node)
    {
        if (node.Text(TypeKey) != "permission") throw node.Error("must be of type permission");
        var resource = node.Text(ResourceKey);
        if (resource.Length == 0) throw node.Error("needs a resource");
        return new LexiconPermission(resource, new LexObject(node.Members()
            .Where(member => member.Name is not (TypeKey or ResourceKey)).ToDictionary(member => member.Name, member => ReadParameter(member.Value))));
    }

    /// <summary>Numbers that the data model does not have, and the like, mean nothing in any permission: they become null, which is not understood either.</summary>
    private static LexValue ReadParameter(JsonElement value)
    {
        try
        {
            return DagJson.Parse(JsonSerializer.SerializeToUtf8Bytes(value));
        }
        catch (DataModelException)
        {
            return LexNull.Value;
        }
    }

    private static LocalizedText ReadText(LexiconNode node, string key)
    {
        var translations = new Dictionary<string, string>();
        var others = node.OptionalChild($"{key}:lang");
        foreach (var translation in others?.Members() ?? [])
        {
            if (!LanguageTag.TryParse(translation.Name, out _)) throw others!.Error($"\"{translation.Name}\" is not a language");
            if (translation.Value.ValueKind != JsonValueKind.String) throw others!.Error($"\"{translation.Name}\" must be a text");
            translations[translation.Name.ToLowerInvariant()] = translation.Value.GetString()!;
        }

        return new LocalizedText(node.OptionalText(key), translations);
    }
}
