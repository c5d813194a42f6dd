using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Vectors;

public sealed class SyntaxVectors
{
    [Theory, InteropLines("syntax/did_syntax_valid.txt", "did:plc:7iza6de2dwap2sbkpav7c6c6", "did:web:localhost%3A1234")]
    public void Valid_did_parses_and_prints_itself(string line) => PrintsItself<Did>(line);

    [Theory, InteropLines("syntax/did_syntax_invalid.txt", "did:PLC:abc", "did:plc:", "did:plc:abc\n")]
    public void Invalid_did_is_refused(string line) => Refuses<Did>(line);

    [Theory, InteropLines("syntax/handle_syntax_valid.txt", "john.test", "XX.LCS.MIT.EDU")]
    public void Valid_handle_parses_and_prints_itself_in_lower_case(string line) =>
        Assert.Equal(line.ToLowerInvariant(), Handle.Parse(line).ToString());

    [Theory, InteropLines("syntax/handle_syntax_invalid.txt", "john", "john..test", "127.0.0.1", "jo_hn.test", "john.test\n")]
    public void Invalid_handle_is_refused(string line) => Refuses<Handle>(line);

    [Theory, InteropLines("syntax/atidentifier_syntax_valid.txt", "did:web:example.com", "john.test")]
    public void Valid_at_identifier_parses_and_prints_itself(string line) =>
        Assert.Equal(line, AtIdentifier.Parse(line).ToString(), ignoreCase: !line.StartsWith("did:", StringComparison.Ordinal));

    [Theory, InteropLines("syntax/atidentifier_syntax_invalid.txt", "@john.test", "did:web")]
    public void Invalid_at_identifier_is_refused(string line) => Refuses<AtIdentifier>(line);

    [Theory, InteropLines("syntax/nsid_syntax_valid.txt", "app.bsky.feed.post", "a.0.c")]
    public void Valid_nsid_parses_and_prints_itself(string line) => PrintsItself<Nsid>(line);

    [Theory, InteropLines("syntax/nsid_syntax_invalid.txt", "com.example", "com.example.3", "com.example.foo\n")]
    public void Invalid_nsid_is_refused(string line) => Refuses<Nsid>(line);

    [Theory, InteropLines("syntax/recordkey_syntax_valid.txt", "self", "~1.2-3_", "lang:")]
    public void Valid_record_key_parses_and_prints_itself(string line) => PrintsItself<RecordKey>(line);

    [Theory, InteropLines("syntax/recordkey_syntax_invalid.txt", ".", "..", "a/b", "")]
    public void Invalid_record_key_is_refused(string line) => Refuses<RecordKey>(line);

    [Theory, InteropLines("syntax/tid_syntax_valid.txt", "3jzfcijpj2z2a", "2222222222222")]
    public void Valid_tid_parses_and_prints_itself(string line) => PrintsItself<Tid>(line);

    [Theory, InteropLines("syntax/tid_syntax_invalid.txt", "3jzfcijpj2z21", "kjzfcijpj2z2a", "222")]
    public void Invalid_tid_is_refused(string line) => Refuses<Tid>(line);

    [Theory, InteropLines("syntax/aturi_syntax_valid.txt", "at://did:plc:asdf123/com.atproto.feed.post/record", "at://john.test")]
    public void Valid_at_uri_parses_and_prints_itself(string line) => PrintsItself<AtUri>(line);

    [Theory, InteropLines("syntax/aturi_syntax_invalid.txt", "at://", "at://did:plc:asdf123/", "at://did:plc:asdf123#frag")]
    public void Invalid_at_uri_is_refused(string line) => Refuses<AtUri>(line);

    [Theory, InteropLines("syntax/datetime_syntax_valid.txt", "1985-04-12T23:20:50.123Z", "0000-01-01T00:00:00.000Z", "2024-02-29T00:00:00Z")]
    public void Valid_datetime_parses_and_prints_itself(string line) => PrintsItself<AtDatetime>(line);

    [Theory, InteropLines("syntax/datetime_syntax_invalid.txt", "1985-04-12", "1985-04-12T23:20:50.123-00:00", "1985-04-12T23:20:50.123z")]
    public void Invalid_datetime_is_refused(string line) => Refuses<AtDatetime>(line);

    [Theory, InteropLines("syntax/datetime_parse_invalid.txt", "1985-00-12T23:20:50.123Z", "2023-02-29T00:00:00Z", "0000-01-01T00:00:00+01:00")]
    public void A_datetime_that_no_calendar_has_is_refused(string line) => Refuses<AtDatetime>(line);

    [Theory, InteropLines("syntax/language_syntax_valid.txt", "ja", "pt-BR", "i-navajo")]
    public void Valid_language_parses_and_prints_itself(string line) => PrintsItself<LanguageTag>(line);

    [Theory, InteropLines("syntax/language_syntax_invalid.txt", "j", "ja-", "JA")]
    public void Invalid_language_is_refused(string line) => Refuses<LanguageTag>(line);

    [Theory, InteropLines("syntax/language_parse_invalid.txt", "de-DE-1901-1901", "en-a-foo-A-bar")]
    public void A_language_that_repeats_a_subtag_is_refused(string line) => Refuses<LanguageTag>(line);

    [Theory, InteropLines("syntax/cid_syntax_valid.txt", "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua")]
    public void Valid_cid_text_parses_and_prints_itself(string line) => PrintsItself<GenericCid>(line);

    [Theory, InteropLines("syntax/cid_syntax_invalid.txt", "QmbWqxBEKC3P8tqsKc98xmWNzrzDtRLMiMPL8wBuTGsMnR", "example.com")]
    public void Invalid_cid_text_is_refused(string line)
    {
        Refuses<GenericCid>(line);
        Refuses<Cid>(line);
    }

    [Theory, InteropLines("syntax/uri_syntax_valid.txt", "https://example.com/path?q=blah", "HTTPS://EXAMPLE.COM", "dns:example.com")]
    public void Valid_uri_parses_and_prints_itself(string line) => PrintsItself<GenericUri>(line);

    [Theory, InteropLines("syntax/uri_syntax_invalid.txt", "example.com", "https://example.com/path gap")]
    public void Invalid_uri_is_refused(string line) => Refuses<GenericUri>(line);

    private static void PrintsItself<T>(string line) where T : ISyntax<T> => Assert.Equal(line, AtSyntax.Parse<T>(line).ToString());

    private static void Refuses<T>(string line) where T : ISyntax<T> => Assert.False(T.TryParse(line, out _));
}
