using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;
using static Pds.Domain.Tests.Lexicon.LexiconTestData;

namespace Pds.Domain.Tests.Lexicon;

public sealed class BlobConstraintsTests
{
    private const string Blob = $$"""{"$type":"blob","ref":{"$link":"{{RawCid}}"},"mimeType":"image/png","size":5}""";

    [Fact]
    public void A_blob_that_the_lexicon_expects_comes_with_its_constraints()
    {
        var found = Find("app.bsky.feed.post", $$"""{"embed":{"$type":"app.bsky.embed.images","images":[{"image":{{Blob}},"alt":""}] } }""");

        var constraint = Assert.Single(found);
        Assert.Equal(Cid.Parse(RawCid), constraint.Blob.Ref);
        Assert.True(constraint.Allows("image/webp", 2_000_000));
        Assert.False(constraint.Allows("image/webp", 2_000_001));
        Assert.False(constraint.Allows("video/mp4", 1));
    }

    [Theory]
    [InlineData("app.bsky.feed.post", $$"""{"com.example.extra":[{"x":{{Blob}} }]}""")]
    [InlineData("app.bsky.feed.post", $$"""{"embed":{"$type":"com.example.embed","image":{{Blob}} } }""")]
    [InlineData("com.example.nothing", $$"""{"x":{{Blob}} }""")]
    public void A_blob_anywhere_else_is_found_too_and_bound_by_nothing(string type, string record)
    {
        var constraint = Assert.Single(Find(type, record));

        Assert.Null(constraint.Schema);
        Assert.True(constraint.Allows("video/mp4", long.MaxValue));
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/gif", true)]
    [InlineData("text/plain", false)]
    [InlineData("imagery/png", false)]
    public void A_pattern_stands_for_every_subtype(string mimeType, bool isAllowed)
    {
        var catalog = Thing(""" "x": { "type": "blob", "accept": ["image/*"] } """);

        var constraint = Assert.Single(BlobConstraints.Find(catalog, Nsid.Parse("com.example.thing"), Json($$"""{"x":{{Blob}} }""")));

        Assert.Equal(isAllowed, constraint.Allows(mimeType, 1));
    }

    [Theory]
    [InlineData("app.bsky.actor.profile", "avatar")]
    [InlineData("com.example.nothing", "anything")]
    public void A_reference_of_the_old_form_is_refused(string type, string field)
    {
        var refusal = Assert.Throws<InvalidRecordException>(() => Find(type, $$"""{"{{field}}":{"cid":"{{RawCid}}","mimeType":"image/png"} }"""));

        Assert.Equal($"Legacy blobs are not allowed ({RawCid})", refusal.Message);
    }

    private static IReadOnlyList<BlobConstraint> Find(string type, string record) =>
        BlobConstraints.Find(LexiconCatalog.Builtin, Nsid.Parse(type), Json(record));
}
