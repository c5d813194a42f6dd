using System.Text.Json.Nodes;
using Pds.Conformance.Tests.Vectors;

namespace Pds.Conformance.Tests.Shapes;

/// <summary>The published lexicons, where they lie beside the checkout, and those of this server's own methods.</summary>
internal static class PublishedLexicons
{
    private static readonly string? Folder = InteropFiles.Find("lexicons");

    private static readonly Dictionary<string, JsonObject> Own = ReadAll(InteropFiles.InCheckout("docs/lexicons"));

    private static readonly Dictionary<string, JsonObject> Documents = Folder is null ? Own : ReadAll(Folder).Concat(Own).ToDictionary();

    public static bool ArePresent => Folder is not null;

    /// <summary>The names of the documents of our own.</summary>
    public static IEnumerable<string> OwnMethods => Own.Keys;

    /// <summary>The names of com.atproto's queries, procedures and subscriptions.</summary>
    public static IEnumerable<string> Methods => Documents.Keys
        .Where(id => id.StartsWith("com.atproto.", StringComparison.Ordinal) && (string?)Documents[id]["defs"]!["main"]?["type"] is "query" or "procedure" or "subscription")
        .Order(StringComparer.Ordinal);

    /// <summary>A definition by its full name, <c>com.atproto.repo.defs#commitMeta</c>; without a fragment, the main one.</summary>
    public static JsonObject Definition(string name)
    {
        var parts = name.Split('#');
        return Documents[parts[0]]["defs"]![parts.Length > 1 ? parts[1] : "main"]!.AsObject();
    }

    /// <summary>A reference as it is written in a document, in full.</summary>
    public static string Resolve(string reference, string document) => reference.StartsWith('#') ? document + reference : reference;

    private static Dictionary<string, JsonObject> ReadAll(string folder) => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
        .Select(file => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject()).ToDictionary(document => (string)document["id"]!);
}
