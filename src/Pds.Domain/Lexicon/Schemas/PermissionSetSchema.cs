using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>permission-set</c>: known to be well formed, and no more, because records have no use for it.</summary>
public sealed record PermissionSetSchema : LexiconSchema
{
    internal static PermissionSetSchema Read(LexiconNode node)
    {
        foreach (var key in (ReadOnlySpan<string>)["title", "detail"])
        {
            _ = node.OptionalText(key);
            if (node.OptionalChild($"{key}:lang") is { } translations) CheckTranslations(translations);
        }

        foreach (var permission in node.OptionalChildList("permissions") ?? throw node.Error("needs a list \"permissions\""))
        {
            if (permission.Text("type") != "permission") throw permission.Error("must be of type permission");
            if (permission.Text("resource").Length == 0) throw permission.Error("needs a resource");
        }

        return new PermissionSetSchema();
    }

    internal override ValidationIssue Check(LexValue value, LexiconCatalog catalog, int depth) =>
        new("A permission-set describes permissions, not data");

    private static void CheckTranslations(LexiconNode translations)
    {
        foreach (var translation in translations.Members())
        {
            if (!LanguageTag.TryParse(translation.Name, out _)) throw translations.Error($"\"{translation.Name}\" is not a language");
            if (translation.Value.ValueKind != JsonValueKind.String) throw translations.Error($"\"{translation.Name}\" must be a text");
        }
    }
}
