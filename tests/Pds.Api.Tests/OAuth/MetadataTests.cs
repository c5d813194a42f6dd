using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>What clients read first (https://atproto.com/specs/oauth#server-metadata).</summary>
public sealed class MetadataTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task The_authorization_server_says_what_the_profile_wants_said()
    {
        var answer = await GetAsync("/.well-known/oauth-authorization-server");
        var metadata = answer.Ok();

        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("max-age=300", answer.Headers["Cache-Control"]);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal(pds.Url, metadata.GetProperty("issuer").GetString());
        foreach (var (name, path) in new[]
        {
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("revocation_endpoint", "revoke"), ("jwks_uri", "jwks"), ("pushed_authorization_request_endpoint", "par"),
        })
            Assert.Equal($"{pds.Url}/oauth/{path}", metadata.GetProperty(name).GetString());
        foreach (var name in new[] { "require_pushed_authorization_requests", "client_id_metadata_document_supported", "authorization_response_iss_parameter_supported", "request_uri_parameter_supported", "require_request_uri_registration" })
            Assert.True(metadata.GetProperty(name).GetBoolean());
        Assert.False(metadata.GetProperty("request_parameter_supported").GetBoolean());
        Assert.Equal(["code"], Texts("response_types_supported"));
        Assert.Equal(["query", "fragment", "form_post"], Texts("response_modes_supported"));
        Assert.Equal(["authorization_code", "refresh_token"], Texts("grant_types_supported"));
        Assert.Equal(["S256"], Texts("code_challenge_methods_supported"));
        Assert.Equal(["none", "private_key_jwt"], Texts("token_endpoint_auth_methods_supported"));
        Assert.Equal(["none", "login", "consent", "select_account", "create"], Texts("prompt_values_supported"));
        Assert.Equal(["atproto", "transition:email", "transition:generic", "transition:chat.bsky"], Texts("scopes_supported"));
        Assert.Equal([pds.Url], Texts("protected_resources"));
        foreach (var name in new[] { "token_endpoint_auth_signing_alg_values_supported", "dpop_signing_alg_values_supported" })
        {
            Assert.Contains("ES256", Texts(name));
            Assert.DoesNotContain("none", Texts(name));
        }

        IEnumerable<string?> Texts(string name) => metadata.GetProperty(name).EnumerateArray().Select(item => item.GetString());
    }

    [Fact]
    public async Task The_resource_server_says_who_lets_clients_in()
    {
        var metadata = (await GetAsync("/.well-known/oauth-protected-resource")).Ok();

        Assert.Equal(
            $$"""{"resource":"{{pds.Url}}","authorization_servers":["{{pds.Url}}"],"scopes_supported":[],"bearer_methods_supported":["header"],"resource_documentation":"https://atproto.com"}""",
            metadata.ToString());
    }

    [Fact]
    public async Task There_are_no_keys_to_check_tokens_with() => (await GetAsync("/oauth/jwks")).IsFile("""{"keys":[]}""");

    private Task<XrpcAnswer> GetAsync(string path) => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));
}
