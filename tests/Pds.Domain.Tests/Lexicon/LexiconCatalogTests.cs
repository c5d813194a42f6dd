using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;
using static Pds.Domain.Tests.Lexicon.LexiconTestData;

namespace Pds.Domain.Tests.Lexicon;

public sealed class LexiconCatalogTests : IDisposable
{
    private const string Thing = """
        {"lexicon":1,"id":"com.example.thing","defs":{"main":{"type":"record","key":"any","record":
          {"type":"object","properties":{"x":{"type":"array","items":{"type":"ref","ref":"com.example.defs#size"}}}}}}}
        """;

    private const string Defs = """{"lexicon":1,"id":"com.example.defs","defs":{"size":{"type":"integer"},"view":{"type":"array","items":{"type":"ref","ref":"#gone"}}}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("lexicons").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_built_in_set_knows_the_records_of_the_network()
    {
        Assert.Equal("literal:self", LexiconCatalog.Builtin.FindRecord(Nsid.Parse("app.bsky.actor.profile"))!.Key.Text);
        Assert.Null(LexiconCatalog.Builtin.FindRecord(Nsid.Parse("app.bsky.richtext.facet"))); // known, but not a record
        Assert.IsType<ObjectSchema>(LexiconCatalog.Builtin.Find("app.bsky.richtext.facet"));
    }

    [Fact]
    public void A_folder_of_documents_joins_the_built_in_ones()
    {
        Write("thing.json", Thing);
        Write("deep/er/defs.json", Defs);

        var catalog = LexiconCatalog.Builtin.WithFolder(_folder);

        Assert.NotNull(catalog.FindRecord(Nsid.Parse("com.example.thing")));
        Assert.NotNull(catalog.FindRecord(Nsid.Parse("app.bsky.feed.post")));
        Assert.Null(LexiconCatalog.Builtin.FindRecord(Nsid.Parse("com.example.thing")));
    }

    [Fact]
    public void A_record_that_refers_to_nothing_stops_the_catalog()
    {
        var refusal = Assert.Throws<LexiconException>(() => LexiconCatalog.Empty.With([Document(Thing)]));

        Assert.Equal("com.example.thing refers to com.example.defs#size, which no lexicon document here defines", refusal.Message);
    }

    [Fact]
    public void What_no_record_needs_may_refer_to_nothing() => // a view, say, whose other half an operator has no use for
        Assert.Null(LexiconCatalog.Empty.With([Document(Thing), Document(Defs)]).Find("com.example.defs#gone"));

    [Fact]
    public void A_document_takes_the_place_of_one_with_the_same_id()
    {
        var stricter = Document("""{"lexicon":1,"id":"com.example.defs","defs":{"size":{"type":"integer","maximum":1}}}""");
        var catalog = LexiconCatalog.Empty.With([Document(Thing), Document(Defs)]);

        Assert.Null(Fault(catalog, "\"x\":[2]"));
        Assert.Equal("integer too big (maximum 1, got 2) at $.record.x[0]", Fault(catalog.With([stricter]), "\"x\":[2]"));
    }

    [Fact]
    public void A_bad_file_is_named()
    {
        var file = Write("bad.json", """{"lexicon":1,"id":"com.example.bad","defs":{}}""");

        var refusal = Assert.Throws<LexiconException>(() => LexiconCatalog.Builtin.WithFolder(_folder));

        Assert.StartsWith(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_with_one_id_are_named()
    {
        var first = Write("a.json", Defs);
        var second = Write("b.json", Defs);

        var refusal = Assert.Throws<LexiconException>(() => LexiconCatalog.Builtin.WithFolder(_folder));

        Assert.Equal($"{second}: com.example.defs is also in {first}", refusal.Message);
    }

    private string Write(string name, string json)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
        return file;
    }
}
