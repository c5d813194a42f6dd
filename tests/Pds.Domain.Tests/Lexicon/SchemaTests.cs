using static Pds.Domain.Tests.Lexicon.LexiconTestData;

namespace Pds.Domain.Tests.Lexicon;

/// <summary>One type of the language after the other, each as the only property of a small record.</summary>
public sealed class SchemaTests
{
    private const string Family = "👩‍👩‍👦‍👦"; // one grapheme, 11 UTF-16 units, 25 bytes
    private const string Variants = """ "a": { "type": "object", "properties": { "n": { "type": "integer" } } }, """;

    [Theory]
    [InlineData("abc", null)]
    [InlineData("ab", "string too small (minimum 3, got 2) at $.record.x")]
    [InlineData("éé", null)]
    [InlineData("abcdefg", "string too big (maximum 6, got 7) at $.record.x")]
    [InlineData("éééé", "string too big (maximum 6, got 8) at $.record.x")]
    public void The_length_of_a_string_is_in_bytes(string text, string? fault) =>
        AssertFault(""" "type": "string", "minLength": 3, "maxLength": 6 """, $"\"{text}\"", fault);

    [Theory]
    [InlineData("ab", null)]
    [InlineData(Family + Family + Family, null)]
    [InlineData("e\u0301e\u0301e\u0301", null)]
    [InlineData("🇩🇪🇩🇪🇩🇪", null)]
    [InlineData("a", "grapheme too small (minimum 2, got 1) at $.record.x")]
    [InlineData(Family, "grapheme too small (minimum 2, got 1) at $.record.x")]
    [InlineData("abcd", "grapheme too big (maximum 3, got 4) at $.record.x")]
    [InlineData(Family + Family + Family + "!", "grapheme too big (maximum 3, got 4) at $.record.x")]
    public void Graphemes_are_what_a_reader_sees_as_one_character(string text, string? fault) =>
        AssertFault(""" "type": "string", "minGraphemes": 2, "maxGraphemes": 3 """, $"\"{text}\"", fault);

    [Theory]
    [InlineData("did", "did:web:a.test", "did", "DID")]
    [InlineData("handle", "A.test", "a", "handle")]
    [InlineData("at-identifier", "a.test", "did:", "AT identifier")]
    [InlineData("at-uri", "at://a.test/a.b.c/x", "https://a.test", "at-uri")]
    [InlineData("nsid", "a.b.c", "a.b", "NSID")]
    [InlineData("cid", RawCid, "x", "CID string")]
    [InlineData("tid", "3kznmn7xqxl22", "0", "TID string")]
    [InlineData("record-key", "self", "a/b", "record key")]
    [InlineData("uri", "dns:a.test", "a.test", "uri")]
    [InlineData("language", "pt-BR", "-", "language")]
    [InlineData("datetime", "1985-04-12T23:20:50Z", "1985-04-12", "datetime")]
    public void A_format_takes_what_its_syntax_type_takes(string format, string good, string bad, string spokenName)
    {
        AssertFault($"\"type\": \"string\", \"format\": \"{format}\"", $"\"{good}\"", null);
        AssertFault($"\"type\": \"string\", \"format\": \"{format}\"", $"\"{bad}\"", $"Invalid {spokenName} (got \"{bad}\") at $.record.x");
    }

    [Theory]
    [InlineData("\"string\", \"const\": \"a\"", "\"a\"", "\"b\"", "Expected \"a\" (got \"b\") at $.record.x")]
    [InlineData("\"string\", \"enum\": [\"a\", \"b\", \"c\"]", "\"c\"", "\"d\"", "Expected one of \"a\", \"b\" or \"c\" (got \"d\") at $.record.x")]
    [InlineData("\"integer\", \"const\": 1", "1", "2", "Expected 1 (got 2) at $.record.x")]
    [InlineData("\"integer\", \"enum\": [1, 2]", "2", "true", "Expected one of 1 or 2 (got true) at $.record.x")]
    [InlineData("\"integer\", \"minimum\": 1, \"maximum\": 5", "5", "6", "integer too big (maximum 5, got 6) at $.record.x")]
    [InlineData("\"boolean\", \"const\": true", "true", "false", "Expected true (got false) at $.record.x")]
    [InlineData("\"boolean\"", "false", "0", "Expected boolean value type (got 0) at $.record.x")]
    [InlineData("\"bytes\", \"maxLength\": 2", "{\"$bytes\":\"AAA\"}", "{\"$bytes\":\"AAAA\"}", "bytes too big (maximum 2, got 3) at $.record.x")]
    [InlineData("\"bytes\"", "{\"$bytes\":\"AAA\"}", "\"AAA\"", "Expected bytes value type (got \"AAA\") at $.record.x")]
    [InlineData("\"cid-link\"", "{\"$link\":\"" + RawCid + "\"}", "[1,2,3]", "Expected cid value type (got [1, 2, ...]) at $.record.x")]
    [InlineData("\"unknown\"", "{}", "[]", "Expected object value type (got []) at $.record.x")]
    [InlineData("\"array\", \"minLength\": 1, \"items\": { \"type\": \"integer\" }", "[1]", "[]", "array too small (minimum 1, got 0) at $.record.x")]
    [InlineData("\"array\", \"items\": { \"type\": \"integer\" }", "[]", "[1,\"\"]", "Expected integer value type (got \"\") at $.record.x[1]")]
    public void A_value_is_held_to_its_type_and_its_bounds(string type, string good, string bad, string fault)
    {
        AssertFault($"\"type\": {type}", good, null);
        AssertFault($"\"type\": {type}", bad, fault);
    }

    [Fact]
    public void Known_values_bind_nobody() => AssertFault(""" "type": "string", "knownValues": ["a"] """, "\"b\"", null);

    [Fact]
    public void Null_is_not_absence()
    {
        var plain = Thing(""" "x": { "type": "integer" } """);
        var nullable = Thing(""" "x": { "type": "integer" } """, nullable: "\"x\"");

        Assert.Null(Fault(plain, ""));
        Assert.Equal("Expected integer value type (got null) at $.record.x", Fault(plain, "\"x\":null"));
        Assert.Null(Fault(nullable, "\"x\":null"));
    }

    [Theory]
    [InlineData("""{"$type":"com.example.thing#a","n":1}""", null)]
    [InlineData("""{"$type":"com.example.thing#a","n":""}""", "Expected integer value type (got \"\") at $.record.x.n")]
    [InlineData("""{"$type":"com.example.other","n":""}""", null)]
    [InlineData("""{"n":1}""", "Expected an object which includes the \"$type\" property value type (got {\"n\": ...}) at $.record.x")]
    [InlineData("1", "Expected an object which includes the \"$type\" property value type (got 1) at $.record.x")]
    public void An_open_union_takes_variants_that_it_does_not_know(string value, string? fault) =>
        AssertFault(""" "type": "union", "refs": ["#a"] """, value, fault);

    [Theory]
    [InlineData("""{"$type":"com.example.thing#a"}""", null)]
    [InlineData("""{"$type":"#a"}""", "Expected \"com.example.thing#a\" (got \"#a\") at $.record.x.$type")]
    [InlineData("""{"$type":"com.example.other"}""", "Expected \"com.example.thing#a\" (got \"com.example.other\") at $.record.x.$type")]
    public void A_closed_union_takes_its_own_variants_only(string value, string? fault) =>
        AssertFault(""" "type": "union", "refs": ["#a"], "closed": true """, value, fault);

    [Fact]
    public void A_long_or_odd_text_is_quoted_so_that_any_message_can_carry_it()
    {
        AssertFault(""" "type": "integer" """, "\"\\\"\\\\\\n\\u0001\"", "Expected integer value type (got \"\\\"\\\\\\n\\u0001\") at $.record.x");
        AssertFault(
            """ "type": "integer" """,
            $"\"{new string('a', 254)}😀 and so on\"",
            $"Expected integer value type (got \"{new string('a', 254)}\\ud83d…\") at $.record.x");
    }

    [Fact]
    public void An_odd_key_is_quoted_in_the_path()
    {
        var catalog = Thing(""" "a b": { "type": "integer" } """);

        Assert.Equal("Expected integer value type (got true) at $.record[\"a b\"]", Fault(catalog, "\"a b\":true"));
    }

    private static void AssertFault(string schema, string value, string? fault) =>
        Assert.Equal(fault, Fault(Thing($"\"x\": {{ {schema} }}", Variants), $"\"x\":{value}"));
}
