using System.Text.Json.Nodes;
using Pds.Conformance.Tests.Vectors;
using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Lexicon;

/// <summary>Holds the documents built into the server against the published ones, field by field.</summary>
public sealed class LexiconDocumentTests
{
    private const string Folder = "Lexicon/Documents/";

    private static readonly Dictionary<string, JsonObject> Ours = ReadBuiltIn();

    private static readonly Dictionary<string, JsonObject> Published = InteropFiles.Find("lexicons") is { } folder ? ReadAll(folder) : [];

    /// <summary>Types that the reference server validates but that are not in the folder of published documents.</summary>
    private static readonly string[] KnownElsewhere =
    [
        "app.bsky.graph.referencelistoptout",
        "site.standard.document", "site.standard.graph.recommend", "site.standard.graph.subscription",
        "site.standard.publication", "site.standard.theme.basic", "site.standard.theme.color",
    ];

    public static TheoryData<string> OurIds => [.. Ours.Keys];

    [Theory, MemberData(nameof(OurIds))]
    public void A_document_says_what_the_published_one_says(string id)
    {
        if (Published.Count == 0 || KnownElsewhere.Contains(id)) return;

        foreach (var (name, definition) in Ours[id]["defs"]!.AsObject())
            Assert.True(SaySame(Published[id]["defs"]![name], definition), $"{id}#{name} differs");
    }

    [Theory, MemberData(nameof(OurIds))]
    public void The_properties_stand_in_the_published_order(string id) // which decides the fault that is reported first
    {
        if (Published.Count == 0 || KnownElsewhere.Contains(id)) return;

        foreach (var (name, definition) in Ours[id]["defs"]!.AsObject())
            Assert.Equal(PropertyNames(Published[id]["defs"]![name]!), PropertyNames(definition!));
    }

    [Theory, MemberData(nameof(OurIds))]
    public void A_document_lies_where_its_id_says(string id) =>
        Assert.NotNull(typeof(LexiconCatalog).Assembly.GetManifestResourceInfo($"{Folder}{id.Replace('.', '/')}.json"));

    [Fact]
    public void Every_published_record_type_is_built_in()
    {
        var published = Published.Where(document => (string?)document.Value["defs"]!["main"]?["type"] == "record").Select(document => document.Key);

        Assert.All(published, id => Assert.NotNull(LexiconCatalog.Builtin.FindRecord(Nsid.Parse(id))));
    }

    [Fact]
    public void Every_reference_in_every_built_in_definition_leads_somewhere()
    {
        var references = LexiconCatalog.Builtin.Documents.Values.SelectMany(document => document.Definitions.Values).SelectMany(schema => schema.Refs).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, name => Assert.NotNull(LexiconCatalog.Builtin.Find(name)));
    }

    [Fact]
    public void Every_published_document_can_be_read_and_takes_the_place_of_ours()
    {
        if (InteropFiles.Find("lexicons") is not { } folder) return;

        var catalog = LexiconCatalog.Builtin.WithFolder(folder);

        Assert.IsType<EndpointSchema>(catalog.Find("com.atproto.repo.createRecord"));
        Assert.IsType<PermissionSetSchema>(catalog.Find(Published.First(document => (string?)document.Value["defs"]!["main"]?["type"] == "permission-set").Key));
    }

    [Fact]
    public void The_comparison_can_fail() =>
        Assert.False(SaySame(JsonNode.Parse("""{"type":"string","maxLength":3}"""), JsonNode.Parse("""{"type":"string","maxLength":4}""")));

    private static bool SaySame(JsonNode? published, JsonNode? ours) => JsonNode.DeepEquals(WithoutDescriptions(published), WithoutDescriptions(ours));

    /// <summary>A schema's description is text; a property that happens to be called so is an object.</summary>
    private static JsonNode? WithoutDescriptions(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map
            .Where(member => member.Key != "description" || member.Value is JsonObject)
            .Select(member => KeyValuePair.Create(member.Key, WithoutDescriptions(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutDescriptions)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> PropertyNames(JsonNode definition) =>
        ((definition["record"] ?? definition)["properties"] as JsonObject)?.Select(property => property.Key) ?? [];

    private static Dictionary<string, JsonObject> ReadAll(string folder) => Directory
        .EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
        .Select(file => JsonNode.Parse(File.ReadAllBytes(file))!.AsObject())
        .ToDictionary(document => (string)document["id"]!);

    private static Dictionary<string, JsonObject> ReadBuiltIn()
    {
        var assembly = typeof(LexiconCatalog).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => JsonNode.Parse(assembly.GetManifestResourceStream(name)!)!.AsObject())
            .ToDictionary(document => (string)document["id"]!);
    }
}
