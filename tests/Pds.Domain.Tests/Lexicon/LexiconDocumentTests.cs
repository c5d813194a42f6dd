using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using static Pds.Domain.Tests.Lexicon.LexiconTestData;

namespace Pds.Domain.Tests.Lexicon;

public sealed class LexiconDocumentTests
{
    [Fact]
    public void Definitions_go_by_their_full_names_and_so_do_references()
    {
        var document = Document("""
            {"lexicon":1,"id":"a.b.c","revision":3,"$type":"com.atproto.lexicon.schema","defs":{
              "main":{"type":"object","properties":{"x":{"type":"ref","ref":"#d"},"y":{"type":"union","refs":["#main","e.f.g#main","e.f.g#h"]}}},
              "d":{"type":"string","format":"did"}}}
            """);

        Assert.Equal(3, document.Revision);
        Assert.Equal(["a.b.c", "a.b.c#d"], document.Definitions.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a.b.c#d", "a.b.c", "e.f.g", "e.f.g#h"], document.Definitions["a.b.c"].Refs);
        Assert.Equal("did", Assert.IsType<StringSchema>(document.Definitions["a.b.c#d"]).Format!.Name);
    }

    [Theory]
    [InlineData("""{"type":"union","refs":[],"closed":true}""", "defs.main.properties.x: a closed union needs at least one variant")]
    [InlineData("""{"type":"token"}""", "defs.main.properties.x: \"token\" is not a type that can stand here")]
    [InlineData("""{"type":"string","format":"color"}""", "defs.main.properties.x: \"color\" is not a string format")]
    [InlineData("""{"type":"string","maxLength":"3"}""", "defs.main.properties.x: \"maxLength\" must be an integer")]
    [InlineData("""{"type":"string","maxLength":1.5}""", "defs.main.properties.x: \"maxLength\" must be an integer")]
    [InlineData("""{"type":"ref","ref":"#"}""", "defs.main.properties.x: \"#\" is not a reference to a definition")]
    [InlineData("""{"type":"ref","ref":"a#b#c"}""", "defs.main.properties.x: \"a#b#c\" is not a reference to a definition")]
    [InlineData("""{"type":"array"}""", "defs.main.properties.x: needs an object \"items\"")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{},"required":["y"]}}""",
        "defs.main.properties.x.items: \"y\" is required or nullable, but not a property")]
    [InlineData("1", "defs.main.properties: \"x\" must be an object")]
    public void Says_where_a_document_is_wrong(string property, string what)
    {
        var refusal = Assert.Throws<LexiconException>(() =>
            Document($$"""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"object","properties":{"x":{{property}} } } } }"""));

        Assert.Equal($"a.b.c: {what}", refusal.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"lexicon":1,"lexicon":1,"id":"a.b.c","defs":{"t":{"type":"token"}}}""")]
    [InlineData("""{"lexicon":2,"id":"a.b.c","defs":{"t":{"type":"token"}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c"}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c\ud800","defs":{"t":{"type":"token"}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"record","key":"literal:a/b","record":{"type":"object","properties":{}}}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"query","parameters":{"type":"params","properties":{"x":{"type":"blob"}}}}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"query","output":{"encoding":"text/plain; charset=x"}}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"subscription","message":{"schema":{"type":"ref","ref":"#x"}}}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"permission-set","permissions":[{"type":"permission"}]}}}""")]
    [InlineData("""{"lexicon":1,"id":"a.b.c","defs":{"main":{"type":"permission-set","title:lang":{"?":"x"},"permissions":[]}}}""")]
    public void Refuses_what_is_not_a_document_of_the_language(string json) => Assert.Throws<LexiconException>(() => Document(json));
}
