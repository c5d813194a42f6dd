using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class AuthorizationRequestTests
{
    private static readonly ClientId Client = ClientId.Parse("https://app.example.com/client.json");

    [Fact]
    public void Reads_back_what_it_writes()
    {
        var request = AuthorizationRequest.Read(Client, new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["redirect_uri"] = "https://app.example.com/callback",
            ["scope"] = "atproto transition:generic",
            ["state"] = "a b&c=d",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ["code_challenge_method"] = "S256",
            ["dpop_jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
            ["response_mode"] = "form_post",
            ["prompt"] = "select_account",
            ["login_hint"] = "Alice.Example.com",
            ["max_age"] = "3600",
            ["ui_locales"] = "de-CH fr %%",
        });

        var again = AuthorizationRequest.Read(Client, request.Write());

        Assert.Equal(request with { Locales = [] }, again with { Locales = [] });
        Assert.Equal(["de-CH", "fr"], again.Locales);
        Assert.Equal("alice.example.com", again.LoginHint?.ToString());
        Assert.Equal(Prompt.SelectAccount, again.Prompt);
        Assert.Equal(TimeSpan.FromHours(1), again.MaxAge);
    }

    [Fact]
    public void An_empty_parameter_is_an_absent_one()
    {
        var request = AuthorizationRequest.Read(Client, new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["scope"] = "atproto",
            ["state"] = "",
            ["prompt"] = "",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ["code_challenge_method"] = "S256",
        });

        Assert.Null(request.State);
        Assert.Null(request.Prompt);
        Assert.Equal(ResponseMode.Query, request.ResponseMode);
    }
}
