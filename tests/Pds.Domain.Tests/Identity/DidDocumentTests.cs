using System.Text;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Domain.Tests.Plc;

namespace Pds.Domain.Tests.Identity;

public sealed class DidDocumentTests
{
    private const string K256 = "zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF";
    private const string K256Uncompressed = "zQYEBzXeuTM9UR3rfvNag6L3RNAs5pQZyYPsomTsgQhsxLdEgCrPTLgFna8yqCnxPpNT7DBk6Ym3dgPKNu86vt9GR";

    [Fact]
    public void Is_built_as_the_public_directory_writes_it()
    {
        var genesis = PlcOperation.Parse(Encoding.UTF8.GetBytes(PlcGoldens.Genesis));

        var document = new PlcData(Did.Parse(PlcGoldens.GenesisDid), genesis.State!).ToDocument();

        Assert.Equal(
            """{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1","https://w3id.org/security/suites/ecdsa-2019/v1"]"""
            + ""","id":"did:plc:v23kfjgqud5ueoeu52f6nniv","alsoKnownAs":["at://alice.test"]"""
            + ""","verificationMethod":[{"id":"did:plc:v23kfjgqud5ueoeu52f6nniv#atproto","type":"Multikey","controller":"did:plc:v23kfjgqud5ueoeu52f6nniv","publicKeyMultibase":"zDnaea1YYsBzZWoeVithwzqjHjCSSJXg7QBULsYdoNtQoFu8E"}]"""
            + ""","service":[{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.example.com"}]}""",
            Encoding.UTF8.GetString(document.Json.Span));
    }

    [Fact]
    public void Finds_a_key_by_its_id_where_the_identity_controls_it()
    {
        var did = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
        var document = DidDocument.Build(
            did, [], [new VerificationMethod($"{did}#atproto_label", "Multikey", "did:web:else.where", K256), VerificationMethod.Multikey(did, "atproto_label", K256)], []);

        Assert.Equal(K256, document.KeyOf("atproto_label")!.Multibase);
        Assert.Null(document.KeyOf("atproto"));
        Assert.Null(document.SigningKey);
    }

    [Fact]
    public void What_is_built_reads_back()
    {
        var genesis = PlcOperation.Parse(Encoding.UTF8.GetBytes(PlcGoldens.Genesis));
        var built = new PlcData(Did.Parse(PlcGoldens.GenesisDid), genesis.State!).ToDocument();

        var read = DidDocument.Parse(built.Json);

        Assert.Equal(built.Id, read.Id);
        Assert.Equal(Handle.Parse("alice.test"), read.Handle);
        Assert.Equal(genesis.State!.VerificationMethods["atproto"], read.SigningKey!.ToString());
        Assert.Equal(new Uri("https://pds.example.com"), read.PdsEndpoint);
    }

    [Theory]
    [InlineData("Multikey", K256, "did:web:example.com#atproto")]
    [InlineData("Multikey", K256, "#atproto")]
    [InlineData("EcdsaSecp256k1VerificationKey2019", K256Uncompressed, "#atproto")]
    public void Finds_the_signing_key_in_each_of_its_forms(string type, string multibase, string id)
    {
        var document = Parse($$"""{"id":"did:web:example.com","verificationMethod":[{"id":"{{id}}","type":"{{type}}","controller":"did:web:example.com","publicKeyMultibase":"{{multibase}}"}]}""");

        Assert.Equal(K256, document.SigningKey?.Multibase);
    }

    [Theory]
    [InlineData("#atproto2", "Multikey", "did:web:example.com", K256)]
    [InlineData("did:web:evil.example#atproto", "Multikey", "did:web:example.com", K256)]
    [InlineData("#atproto", "Ed25519VerificationKey2020", "did:web:example.com", K256)]
    [InlineData("#atproto", "Multikey", "did:web:evil.example", K256)]
    [InlineData("#atproto", "Multikey", "did:web:example.com", "zzzz")]
    [InlineData("#atproto", "Multikey", "did:web:example.com", "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("atproto", "Multikey", "did:web:example.com", K256)]
    public void Takes_no_other_key_for_the_signing_key(string id, string type, string controller, string multibase)
    {
        var document = Parse($$"""{"id":"did:web:example.com","verificationMethod":[{"id":"{{id}}","type":"{{type}}","controller":"{{controller}}","publicKeyMultibase":"{{multibase}}"}]}""");

        Assert.Null(document.SigningKey);
    }

    [Theory]
    [InlineData("""["at://alice.test","at://bob.test"]""", "alice.test")]
    [InlineData("""["https://alice.test","at://bob.test"]""", "bob.test")]
    [InlineData("""["at://not_valid","at://alice.test/path","at://bob.test"]""", "bob.test")]
    [InlineData("""["at://ALICE.test"]""", "alice.test")]
    [InlineData("""["at://did:web:example.com"]""", null)]
    [InlineData("[]", null)]
    public void The_handle_is_the_first_valid_alias(string aliases, string? handle) =>
        Assert.Equal(handle, Parse($$"""{"id":"did:web:example.com","alsoKnownAs":{{aliases}}}""").Handle?.Value);

    [Theory]
    [InlineData("https://pds.example.com", true)]
    [InlineData("http://localhost:2583", true)]
    [InlineData("https://[::1]:99/", true)]
    [InlineData("ftp://pds.example.com", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://user@pds.example.com", false)]
    [InlineData("https://", false)]
    [InlineData("https:pds.example.com", false)]
    [InlineData("pds.example.com", false)]
    [InlineData("/xrpc", false)]
    [InlineData("", false)]
    public void The_pds_is_an_http_url(string endpoint, bool usable) =>
        Assert.Equal(usable, WithService($$"""{"id":"#atproto_pds","type":"AtprotoPersonalDataServer","serviceEndpoint":"{{endpoint}}"}""").PdsEndpoint is not null);

    [Fact]
    public void A_service_is_found_by_id_and_if_wanted_by_type()
    {
        var document = WithService(
            """{"id":"#labels","type":"Other","serviceEndpoint":{"any":"thing"}},{"id":"did:web:example.com#labels","type":"AtprotoLabeler","serviceEndpoint":"https://labels.example.com"}""");

        Assert.Equal(new Uri("https://labels.example.com"), document.Service("labels"));
        Assert.Equal(new Uri("https://labels.example.com"), document.Service("labels", "AtprotoLabeler"));
        Assert.Null(document.Service("labels", "Other"));
        Assert.Null(document.Service("label"));
        Assert.Null(document.Service(""));
        Assert.Null(document.PdsEndpoint);
    }

    [Fact]
    public void Passes_on_what_it_does_not_understand()
    {
        const string json = """{"@context":"https://www.w3.org/ns/did/v1","id":"did:web:example.com","keyAgreement":[{"x":1.5}],"authentication":null}""";

        Assert.Equal(json, Encoding.UTF8.GetString(Parse(json).Json.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"did:web:example.com\"")]
    [InlineData("{}")]
    [InlineData("{\"id\":7}")]
    [InlineData("{\"id\":\"example.com\"}")]
    [InlineData("{\"id\":\"did:web:example.com\"")]
    [InlineData("{\"id\":\"did:web:example.com\"} x")]
    [InlineData("{\"id\":\"did:web:example.com\",\"id\":\"did:web:evil.example\"}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"alsoKnownAs\":\"at://alice.test\"}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"alsoKnownAs\":[7]}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"alsoKnownAs\":[\"\\ud800\"]}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"verificationMethod\":{}}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"verificationMethod\":[null]}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"verificationMethod\":[{\"id\":\"#atproto\",\"type\":\"Multikey\"}]}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"service\":[[]]}")]
    [InlineData("{\"id\":\"did:web:example.com\",\"service\":[{\"id\":\"#x\"}]}")]
    public void Refuses_what_is_no_did_document(string json) => Assert.Throws<FormatException>(() => Parse(json));

    [Fact]
    public void Refuses_what_is_too_large() =>
        Assert.Throws<FormatException>(() => Parse($$"""{"id":"did:web:example.com","x":"{{new string('x', DidDocument.MaxBytes)}}"}"""));

    [Fact]
    public void Refuses_what_is_nested_too_deep() =>
        Assert.Throws<FormatException>(() => Parse($$"""{"id":"did:web:example.com","x":{{new string('[', 1000)}}{{new string(']', 1000)}}}"""));

    [Fact]
    public void Refuses_bytes_that_are_not_utf8() =>
        Assert.Throws<FormatException>(() => DidDocument.Parse((byte[])[.. "{\"id\":\"did:web:example.com\",\"x\":\""u8, 0xFF, .. "\"}"u8]));

    private static DidDocument WithService(string services) => Parse($$"""{"id":"did:web:example.com","service":[{{services}}]}""");

    private static DidDocument Parse(string json) => DidDocument.Parse(Encoding.UTF8.GetBytes(json));
}
