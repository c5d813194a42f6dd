using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Domain.Tests.Plc;

namespace Pds.Domain.Tests.Identity;

public sealed class ServiceTokenTests : IDisposable
{
    private static readonly ServiceClaims Claims = new(
        DidReference.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), DidReference.Parse("did:web:example.com#svc"),
        DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), DateTimeOffset.FromUnixTimeSeconds(1_700_000_060), Nsid.Parse("com.example.doThing"));

    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Is_written_as_the_official_server_writes_it()
    {
        var parts = Claims.Sign(_key).Split('.');

        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Text(parts[0]));
        Assert.Matches(
            """^\{"iat":1700000000,"iss":"did:plc:ewvi7nxzyoun6zhxrhs64oiz","aud":"did:web:example.com#svc","exp":1700000060,"lxm":"com.example.doThing","jti":"[0-9a-f]{32}"\}\z""",
            Text(parts[1]));
    }

    [Fact]
    public void Leaves_out_the_method_where_there_is_none()
    {
        var claims = JsonDocument.Parse(Text((Claims with { Method = null }).Sign(_key).Split('.')[1])).RootElement;

        Assert.False(claims.TryGetProperty("lxm", out _));
        Assert.True(claims.TryGetProperty("jti", out _));
    }

    [Fact]
    public void No_two_have_the_same_id() => Assert.NotEqual(Parse(Claims.Sign(_key)).Id, Parse(Claims.Sign(_key)).Id);

    [Fact]
    public void Reads_back_and_verifies()
    {
        var token = Parse(Claims.Sign(_key));

        Assert.True(token is { IsWellFormed: true, NamesMethod: true, Type: "JWT", Algorithm: "ES256", Issuer: "did:plc:ewvi7nxzyoun6zhxrhs64oiz", Method: "com.example.doThing", ExpiresAt: 1_700_000_060 });
        Assert.Equal(["did:web:example.com#svc"], token.Audiences!);
        Assert.True(token.IsSignedBy(_key.PublicKey, TestVerifier.Instance));
    }

    [Fact]
    public void Is_not_signed_by_another_key_or_on_another_curve()
    {
        using var other = new TestKey();
        var token = Parse(Claims.Sign(_key));

        Assert.False(token.IsSignedBy(other.PublicKey, TestVerifier.Instance));
        Assert.False(token.IsSignedBy(DidKey.Of(Curve.K256, _key.PublicKey.Compressed.Span), TestVerifier.Instance));
    }

    [Fact]
    public void Either_of_the_two_signatures_is_taken()
    {
        var parts = Claims.Sign(_key).Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        Negate(signature.AsSpan(32));
        Assert.False(Signature.IsLowS(Curve.P256, signature));

        Assert.True(Parse($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}").IsSignedBy(_key.PublicKey, TestVerifier.Instance));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("====")]
    [InlineData("!")]
    public void A_signature_that_is_none_verifies_nothing(string signature)
    {
        var parts = Claims.Sign(_key).Split('.');

        Assert.False(Parse($"{parts[0]}.{parts[1]}.{signature}").IsSignedBy(_key.PublicKey, TestVerifier.Instance));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("e30.e30.")]
    public void Is_no_token_without_three_parts_and_an_algorithm(string text) => Assert.False(ServiceToken.TryParse(text, out _));

    [Theory]
    [InlineData("""{"alg":12}""")]
    [InlineData("""["alg"]""")]
    [InlineData("""{"alg":"ES256","alg":"none"}""")]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("""{"alg":"ES256","x":[[[[[[[[[[1]]]]]]]]]]}""")]
    [InlineData("{")]
    public void Is_no_token_with_a_header_like(string header) => Assert.False(ServiceToken.TryParse($"{Base64(header)}.{Base64("{}")}.AAAA", out _));

    [Fact]
    public void Is_no_token_when_it_is_too_long() =>
        Assert.False(ServiceToken.TryParse($"{Base64("""{"alg":"ES256"}""")}.{Base64("{}")}.{new string('A', ServiceToken.MaxLength)}", out _));

    [Theory]
    [InlineData("""{"aud":"x","exp":1}""")]
    [InlineData("""{"iss":"x","exp":1}""")]
    [InlineData("""{"iss":"x","aud":"x"}""")]
    [InlineData("""{"iss":"x","aud":"x","exp":"1"}""")]
    [InlineData("""{"iss":12,"aud":"x","exp":1}""")]
    [InlineData("""{"iss":"x","aud":["x",12],"exp":1}""")]
    [InlineData("""{"iss":"x","aud":{},"exp":1}""")]
    [InlineData("""{"iss":"x","aud":"x","exp":1,"lxm":12}""")]
    [InlineData("""{"iss":"x","iss":"y","aud":"x","exp":1}""")]
    [InlineData("""{"iss":"\udfff","aud":"x","exp":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void Claims_that_are_broken_show(string claims) => Assert.False(WithClaims(claims).IsWellFormed);

    [Fact]
    public void A_list_of_audiences_is_read_within_its_bound()
    {
        Assert.Equal(["a", "b"], WithClaims("""{"aud":["a","b"]}""").Audiences!);
        Assert.Null(WithClaims($$"""{"aud":[{{string.Join(',', Enumerable.Repeat("\"x\"", ServiceToken.MaxAudiences + 1))}}]}""").Audiences);
    }

    [Fact]
    public void An_end_beyond_all_numbers_is_read_as_just_that() => Assert.Equal(double.PositiveInfinity, WithClaims("""{"exp":1e999}""").ExpiresAt);

    [Theory]
    [InlineData("""{"lxm":"x"}""", true)]
    [InlineData("""{"lxm":12}""", true)]
    [InlineData("""{"lxm":null}""", false)]
    [InlineData("{}", false)]
    public void A_method_is_what_tells_it_from_a_session(string claims, bool namesMethod) => Assert.Equal(namesMethod, WithClaims(claims).NamesMethod);

    private static ServiceToken WithClaims(string claims) => Parse($"{Base64("""{"alg":"ES256"}""")}.{Base64(claims)}.AAAA");

    private static ServiceToken Parse(string text) => ServiceToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("No token");

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    /// <summary>Big-endian n − s of P-256.</summary>
    private static void Negate(Span<byte> s)
    {
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var borrow = 0;
        for (var i = s.Length - 1; i >= 0; i--)
        {
            var digit = order[i] - s[i] - borrow;
            borrow = digit < 0 ? 1 : 0;
            s[i] = (byte)digit;
        }
    }
}
