using System.Text.Json;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>One lexicon document: an NSID and what it defines. Version 1 of the language.</summary>
/// <remarks>https://atproto.com/specs/lexicon#lexicon-files. Fields that the language does not know are ignored, so that it can grow.</remarks>
public sealed record LexiconDocument
{
    /// <summary>The definition that goes by the document's own name.</summary>
    public const string Main = "main";

    private const int LanguageVersion = 1;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private LexiconDocument(Nsid id, long? revision, IReadOnlyDictionary<string, LexiconSchema> definitions) =>
        (Id, Revision, Definitions) = (id, revision, definitions);

    public Nsid Id { get; }

    public long? Revision { get; }

    /// <summary>By their full names, as refs and <c>$type</c> have them: <c>app.bsky.feed.post</c>, <c>app.bsky.feed.post#replyRef</c>.</summary>
    public IReadOnlyDictionary<string, LexiconSchema> Definitions { get; }

    /// <exception cref="LexiconException">The text is not JSON, or not a document of the lexicon language.</exception>
    public static LexiconDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8, Strict);
            return Parse(json.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) // the latter: text that is not Unicode
        {
            throw new LexiconException($"Not valid JSON: {broken.Message}", broken);
        }
    }

    private static LexiconDocument Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new LexiconException("A lexicon document is a JSON object");
        if (!root.TryGetProperty("lexicon", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number) || number != LanguageVersion)
            throw new LexiconException($"A lexicon document needs \"lexicon\": {LanguageVersion}");
        if (!root.TryGetProperty("id", out var name) || name.ValueKind != JsonValueKind.String || !Nsid.TryParse(name.GetString(), out var id))
            throw new LexiconException("A lexicon document needs an \"id\", which is an NSID");

        var document = new LexiconNode(root, id, "");
        _ = document.OptionalText("description");
        var definitions = new Dictionary<string, LexiconSchema>();
        foreach (var (key, node) in document.Children("defs"))
        {
            if (key.Length == 0 || key.Contains('#')) throw node.Error("is not the name of a definition");
            definitions.Add(id.FullName(key), LexiconSchema.ReadDefinition(node, key));
        }

        if (definitions.Count == 0) throw document.Error("needs at least one definition");
        return new LexiconDocument(id, document.OptionalInteger("revision"), definitions);
    }
}
