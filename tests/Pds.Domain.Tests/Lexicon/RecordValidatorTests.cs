using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;
using static Pds.Domain.Tests.Lexicon.LexiconTestData;

namespace Pds.Domain.Tests.Lexicon;

public sealed class RecordValidatorTests
{
    private const string Now = "\"createdAt\":\"2024-01-02T03:04:05.678Z\"";

    private static readonly RecordValidator Validator = new(LexiconCatalog.Builtin);
    private static readonly Nsid Post = Nsid.Parse("app.bsky.feed.post");
    private static readonly Nsid Profile = Nsid.Parse("app.bsky.actor.profile");
    private static readonly Nsid Schema = Nsid.Parse("com.atproto.lexicon.schema");

    [Fact]
    public void A_post_is_valid_and_keeps_fields_that_nobody_knows()
    {
        var record = Json("{\"$type\":\"app.bsky.feed.post\",\"text\":\"hi\",\"com.example.mood\":{\"x\":[1]}," + Now + "}");

        var status = Validator.Validate(Post, TidKey, record);

        Assert.Equal(ValidationStatus.Valid, status);
        Assert.Equal(Json("""{"x":[1]}"""), record["com.example.mood"]);
    }

    [Fact]
    public void A_type_without_a_lexicon_is_unknown() =>
        Assert.Equal(ValidationStatus.Unknown, Validator.Validate(Nsid.Parse("com.example.nothing"), TidKey, LexObject.Empty));

    // Each as the reference server, version 0.5.35, says it.
    [Theory]
    [InlineData(Now, "Missing required key \"text\" at $.record")]
    [InlineData("\"text\":1," + Now, "Expected string value type (got 1) at $.record.text")]
    [InlineData("\"text\":null," + Now, "Expected string value type (got null) at $.record.text")]
    [InlineData("\"text\":\"\",\"createdAt\":\"yesterday\"", "Invalid datetime (got \"yesterday\") at $.record.createdAt")]
    [InlineData("\"text\":\"\",\"langs\":[\"en\",\"fr\",\"de\",\"it\"]," + Now, "array too big (maximum 3, got 4) at $.record.langs")]
    [InlineData("\"text\":\"\",\"langs\":[\"en\",\"-\"]," + Now, "Invalid language (got \"-\") at $.record.langs[1]")]
    [InlineData("\"text\":\"\",\"embed\":{\"a\":1,\"b\":2,\"c\":3}," + Now,
        "Expected an object which includes the \"$type\" property value type (got {\"a\": ..., \"b\": ..., ...}) at $.record.embed")]
    [InlineData("\"text\":\"\",\"reply\":{\"root\":{\"$type\":\"a.b.c\"},\"parent\":{}}," + Now,
        "Expected \"com.atproto.repo.strongRef\" (got \"a.b.c\") at $.record.reply.root.$type")]
    [InlineData("\"text\":\"\",\"facets\":[{\"index\":{\"byteStart\":-1,\"byteEnd\":0},\"features\":[]}]," + Now,
        "integer too small (minimum 0, got -1) at $.record.facets[0].index.byteStart")]
    public void Says_what_is_wrong_with_a_post_in_the_words_that_clients_know(string fields, string fault) =>
        Assert.Equal(fault, Fault(LexiconCatalog.Builtin, Post.Value, fields));

    [Theory]
    [InlineData("image/gif", 10, "Expected one of \"image/png\" or \"image/jpeg\" (got \"image/gif\") at $.record.avatar.mimeType")]
    [InlineData("image/png", 1_000_001, "blob too big (maximum 1000000, got 1000001) at $.record.avatar")]
    [InlineData("image/png", 1_000_000, null)]
    public void Holds_a_blob_to_its_types_and_its_size(string mimeType, int size, string? fault)
    {
        var avatar = $$"""{"$type":"blob","ref":{"$link":"{{RawCid}}"},"mimeType":"{{mimeType}}","size":{{size}}}""";

        Assert.Equal(fault, Fault(LexiconCatalog.Builtin, Profile.Value, $"\"avatar\":{avatar}"));
    }

    [Fact]
    public void A_record_must_say_its_type()
    {
        var refusal = Assert.Throws<InvalidRecordException>(() => Validator.Validate(Profile, RecordKey.Parse("self"), LexObject.Empty));

        Assert.Equal("Invalid app.bsky.actor.profile record: Expected \"app.bsky.actor.profile\" (got undefined) at $.record.$type", refusal.Message);
    }

    [Fact]
    public void The_path_starts_where_the_caller_says()
    {
        var refusal = Assert.Throws<InvalidRecordException>(() => Validator.Validate(Post, TidKey, LexObject.Empty, "writes[3].record"));

        Assert.Equal("Invalid app.bsky.feed.post record: Missing required key \"text\" at $.writes[3].record", refusal.Message);
    }

    [Fact]
    public void A_record_key_follows_its_types_rule()
    {
        AssertBadKey(Profile, "other", "Expected \"self\" (got \"other\") at $");
        AssertBadKey(Post, "self", "Invalid TID string (got \"self\") at $");
        AssertBadKey(Schema, "self", "Invalid NSID (got \"self\") at $");
        Assert.Null(Fault(Thing(""), ""));
    }

    [Fact]
    public void A_value_deeper_than_data_may_be_is_refused_instead_of_overflowing_the_stack()
    {
        var catalog = Thing(
            """ "x": { "type": "ref", "ref": "#x" } """,
            """ "x": { "type": "object", "properties": { "x": { "type": "ref", "ref": "#x" } } }, """);
        var deep = LexObject.Empty;
        for (var i = 0; i < 100_000; i++) deep = new LexObject(new Dictionary<string, LexValue> { ["x"] = deep });

        var refusal = Assert.Throws<InvalidRecordException>(() => new RecordValidator(catalog).Validate(Nsid.Parse("com.example.thing"), TidKey, deep));

        Assert.Contains("Nested deeper than 64 levels", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertBadKey(Nsid type, string rkey, string fault)
    {
        var refusal = Assert.Throws<InvalidRecordException>(() => Validator.Validate(type, RecordKey.Parse(rkey), LexObject.Empty));

        Assert.Equal($"Invalid record key for {type}: {fault}", refusal.Message);
    }
}
