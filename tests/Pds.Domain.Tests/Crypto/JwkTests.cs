using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.Domain.Tests.Crypto;

public sealed class JwkTests
{
    /// <summary>The example of RFC 7638 §3.1.</summary>
    private const string Rsa =
        """
        {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}
        """;

    /// <summary>The key of RFC 9449's examples; its thumbprint is in §6.1.</summary>
    private const string Point =
        """{"kty":"EC","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","crv":"P-256"}""";

    [Theory]
    [InlineData(Rsa, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")]
    [InlineData(Point, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")]
    public void Has_the_thumbprint_that_the_RFC_gives(string json, string thumbprint) => Assert.Equal(thumbprint, Read(json)!.Thumbprint);

    [Fact]
    public void Has_the_same_thumbprint_whatever_else_is_said_of_the_key() =>
        Assert.Equal(Read(Point)!.Thumbprint, Read(Point.Replace("}", ""","kid":"a","use":"sig"}""", StringComparison.Ordinal))!.Thumbprint);

    [Theory]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA","y":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs=","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"!!","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","d":"AAAA","x":"l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs","y":"9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("\"key\"")]
    public void Does_not_read_what_is_no_public_key_of_a_kind_that_is_used(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData(Point, "ES256", true)]
    [InlineData(Point, "ES256K", false)]
    [InlineData(Point, "RS256", false)]
    [InlineData(Rsa, "RS256", true)]
    [InlineData(Rsa, "PS256", false)] // the key says what it is for
    public void Allows_the_algorithms_of_its_kind(string json, string algorithm, bool isAllowed) => Assert.Equal(isAllowed, Read(json)!.Allows(algorithm));

    [Fact]
    public void Allows_nothing_where_the_key_is_for_encryption() => Assert.False(Read(Point.Replace("}", ""","use":"enc"}""", StringComparison.Ordinal))!.Allows("ES256"));

    private static Jwk? Read(string json) => Jwk.TryParse(JsonDocument.Parse(json).RootElement, out var key) ? key : null;
}
