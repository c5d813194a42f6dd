using System.Net;
using System.Text.Json.Nodes;
using Pds.Api.Tests.Xrpc;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Requests of clients that are right but for something, which is anything. A failure names its seed and round.</summary>
public sealed class BadFormsTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    private const int Rounds = 100;
    private const int Seed = 20261124;

    [Fact]
    public async Task A_pushed_request_is_refused_by_name() =>
        await AttackAsync("/oauth/par", (app, _) => Task.FromResult(app.Parameters("atproto", ("prompt", "login"), ("login_hint", "alice.test"), ("max_age", "60"), ("response_mode", "query"), ("dpop_jkt", app.Key.Thumbprint))));

    [Fact]
    public async Task An_exchange_is_refused_by_name() => await AttackAsync("/oauth/token", async (app, alice) => new()
    {
        ["client_id"] = app.Id, ["grant_type"] = "authorization_code", ["redirect_uri"] = app.RedirectUri, ["code_verifier"] = app.Verifier,
        ["code"] = await pds.AuthorizeAsync(app, alice, await app.PushAsync()),
    });

    [Fact]
    public async Task A_refresh_is_refused_by_name() => await AttackAsync("/oauth/token", async (app, alice) =>
    {
        await pds.SignInAsync(app, alice);
        return new() { ["client_id"] = app.Id, ["grant_type"] = "refresh_token", ["refresh_token"] = app.RefreshToken };
    });

    [Fact]
    public async Task A_revocation_is_refused_by_name() => await AttackAsync("/oauth/revoke", (app, _) => Task.FromResult<Dictionary<string, string?>>(new()
    {
        ["client_id"] = app.Id, ["token"] = $"ref-{new string('0', 64)}", ["token_type_hint"] = "refresh_token",
    }));

    [Fact]
    public async Task A_call_is_refused_by_name()
    {
        var alice = await pds.SignUpAsync();
        var input = new BadInput(Seed, alice.Did.Value, alice.Handle, "bafyreib");
        var app = await pds.SignInAsync(pds.NewClient(), alice);
        app.AlterProof = proof => Altered(input, proof);

        for (var round = 0; round < Rounds; round++)
        {
            var answer = await app.GetAsync("com.atproto.server.getSession");
            Assert.True((int)answer.Status is 200 or 401, $"round {round}: {(int)answer.Status} {answer.Text}");
        }
    }

    private async Task AttackAsync(string path, Func<OAuthClient, Actor, Task<Dictionary<string, string?>>> parameters)
    {
        var alice = await pds.SignUpAsync();
        var input = new BadInput(Seed + path.Length, alice.Did.Value, alice.Handle, "bafyreib");
        var (refused, confidential) = (0, new ClientKeyPair(kid: "key-1"));
        var clients = new[] { pds.Site.Publish(), pds.Site.PublishConfidential(confidential) };
        for (var round = 0; round < Rounds; round++)
        {
            var isConfidential = round % 3 == 0;
            var app = new OAuthClient(pds.Url, clients[isConfidential ? 1 : 0]) { AssertionKey = isConfidential ? confidential : null, Clock = pds.Time.GetUtcNow, Nonce = pds.Nonce };
            var form = await parameters(app, alice);
            if (input.Choose(3) == 0) app.AlterProof = proof => Altered(input, proof);
            if (input.Choose(3) == 0) app.AlterAssertion = assertion => Altered(input, assertion);
            for (var i = input.Choose(3); i >= 0; i--)
            {
                var name = form.Keys.ElementAt(input.Choose(form.Count));
                form[name] = input.Choose(6) == 0 ? null : input.Instead(form[name] ?? "");
            }

            var answer = await app.PostFormAsync(path, form);

            Assert.True((int)answer.Status < 500, $"round {round}: {(int)answer.Status} {answer.Text}");
            if (answer.Status is HttpStatusCode.OK or HttpStatusCode.Created) continue;
            refused++;
            answer.RefusedByOAuth((int)answer.Status, answer.Error!);
        }

        Assert.InRange(refused, Rounds / 10, Rounds);
    }

    /// <summary>With a claim or a header that is not what it was; the signature is right, which is as far as a bad client can get.</summary>
    private static Jwt Altered(BadInput input, Jwt jwt)
    {
        var (part, alter) = input.Choose(2) == 0 ? (jwt.Header, (Func<string, JsonNode?, Jwt>)jwt.WithHeader) : (jwt.Claims, jwt.With);
        return alter(part.ElementAt(input.Choose(part.Count)).Key, input.Instead());
    }
}
