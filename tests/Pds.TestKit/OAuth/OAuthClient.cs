using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Pds.TestKit;

/// <summary>An OAuth client of the atproto profile, by hand, so that a test can do each thing wrong that a client can. Calls methods with its tokens.</summary>
public sealed class OAuthClient(string url, string id) : XrpcClient(url)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public string Id => id;

    /// <summary>Its DPoP key.</summary>
    public ClientKeyPair Key { get; init; } = new();

    /// <summary>The key by which it proves itself; null for a public client.</summary>
    public ClientKeyPair? AssertionKey { get; init; }

    public string RedirectUri { get; init; } = "https://app.example.com/callback";

    public string Verifier { get; } = Random();

    public string State { get; } = Random();

    /// <summary>The nonce that the server told last.</summary>
    public string? Nonce { get; set; }

    public string? AccessToken { get; set; }

    public string? RefreshToken { get; set; }

    /// <summary>What is done to each DPoP proof before it is signed.</summary>
    public Func<Jwt, Jwt>? AlterProof { get; set; }

    /// <summary>What is done to each client assertion before it is signed.</summary>
    public Func<Jwt, Jwt>? AlterAssertion { get; set; }

    /// <summary>The same client with the same tokens and another DPoP key, or what else differs.</summary>
    public OAuthClient With(ClientKeyPair? key = null, string? clientId = null, ClientKeyPair? assertionKey = null) =>
        new(Url, clientId ?? id) { Key = key ?? Key, AssertionKey = assertionKey ?? AssertionKey, RedirectUri = RedirectUri, Clock = Clock, Nonce = Nonce, AccessToken = AccessToken, RefreshToken = RefreshToken };

    /// <summary>The parameters of an authorization request, right unless changed; null takes one out.</summary>
    public Dictionary<string, string?> Parameters(string scope = "atproto", params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var form = new Dictionary<string, string?>
        {
            ["client_id"] = id,
            ["response_type"] = "code",
            ["redirect_uri"] = RedirectUri,
            ["scope"] = scope,
            ["state"] = State,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes) form[name] = value;
        return form;
    }

    /// <summary>Pushes a request and answers its name.</summary>
    public async Task<string> PushAsync(string scope = "atproto", params (string Name, string? Value)[] changes)
    {
        var answer = await PostFormAsync("/oauth/par", Parameters(scope, changes));
        return answer.Status == HttpStatusCode.Created ? answer.Json.GetProperty("request_uri").GetString()! : throw new InvalidOperationException($"{answer.Status} {answer.Text}");
    }

    public Task<XrpcAnswer> ParAsync(params (string Name, string? Value)[] changes) => PostFormAsync("/oauth/par", Parameters("atproto", changes));

    public Task<XrpcAnswer> ExchangeAsync(string code, params (string Name, string? Value)[] changes) =>
        TokenAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier), .. changes]);

    public Task<XrpcAnswer> RefreshAsync(params (string Name, string? Value)[] changes) => TokenAsync([("grant_type", "refresh_token"), ("refresh_token", RefreshToken), .. changes]);

    public Task<XrpcAnswer> RevokeAsync(string token) => PostFormAsync("/oauth/revoke", new() { ["client_id"] = id, ["token"] = token });

    /// <summary>Sends a form with a proof, and again with the nonce where the server asks for one.</summary>
    public async Task<XrpcAnswer> PostFormAsync(string path, Dictionary<string, string?> form)
    {
        var answer = await PostOnceAsync(path, form, Proof("POST", path));
        return answer.Error == "use_dpop_nonce" ? await PostOnceAsync(path, form, Proof("POST", path)) : answer;
    }

    /// <summary>Sends a form once.</summary>
    /// <param name="proof">Null for none.</param>
    public async Task<XrpcAnswer> PostOnceAsync(string path, Dictionary<string, string?> form, string? proof)
    {
        var fields = new Dictionary<string, string?>(form);
        if (AssertionKey is not null)
        {
            fields.TryAdd("client_assertion_type", AssertionType);
            fields.TryAdd("client_assertion", Assertion());
        }

        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!))),
        };
        if (proof is not null) request.Headers.TryAddWithoutValidation("DPoP", proof);
        return Noted(await base.SendAsync(request));
    }

    /// <summary>Any request, with the access token and a proof.</summary>
    public override async Task<XrpcAnswer> SendAsync(HttpRequestMessage request)
    {
        if (AccessToken is null) return await base.SendAsync(request);

        var (method, address, body, type) = (request.Method, request.RequestUri!.ToString(), request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(), request.Content?.Headers.ContentType);
        var answer = await SendOnceAsync();
        return answer.Error == "use_dpop_nonce" ? await SendOnceAsync() : answer;

        async Task<XrpcAnswer> SendOnceAsync()
        {
            var again = new HttpRequestMessage(method, address);
            if (body is not null) again.Content = new ByteArrayContent(body);
            if (body is not null) again.Content!.Headers.ContentType = type;
            foreach (var (name, values) in request.Headers) again.Headers.TryAddWithoutValidation(name, values);
            again.Headers.TryAddWithoutValidation("Authorization", $"DPoP {AccessToken}");
            again.Headers.TryAddWithoutValidation("DPoP", Proof(method.Method, address.Split('?')[0], AccessToken));
            return Noted(await base.SendAsync(again));
        }
    }

    /// <summary>A proof for a request.</summary>
    public string Proof(string method, string path, string? accessToken = null)
    {
        var proof = NewProof(method, path, accessToken);
        return (AlterProof?.Invoke(proof) ?? proof).Sign(Key);
    }

    /// <summary>The same before it is signed.</summary>
    public Jwt NewProof(string method, string path, string? accessToken = null)
    {
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = Key.Algorithm, ["jwk"] = Key.Public.DeepClone() };
        var claims = new JsonObject { ["htm"] = method, ["htu"] = $"{Url}{path}", ["jti"] = Random(), ["iat"] = Clock().ToUnixTimeSeconds() };
        if (Nonce is not null) claims["nonce"] = Nonce;
        if (accessToken is not null) claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)));
        return new Jwt(header, claims);
    }

    /// <summary>Its clock.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = TimeProvider.System.GetUtcNow;

    private async Task<XrpcAnswer> TokenAsync(params (string Name, string? Value)[] fields)
    {
        var form = new Dictionary<string, string?> { ["client_id"] = id };
        foreach (var (name, value) in fields) form[name] = value;
        var answer = await PostFormAsync("/oauth/token", form);
        if (answer.Status == HttpStatusCode.OK)
        {
            AccessToken = answer.Json.GetProperty("access_token").GetString();
            if (answer.Json.TryGetProperty("refresh_token", out var refresh)) RefreshToken = refresh.GetString();
        }

        return answer;
    }

    private string Assertion()
    {
        var now = Clock().ToUnixTimeSeconds();
        var assertion = new Jwt(
            new JsonObject { ["alg"] = AssertionKey!.Algorithm, ["kid"] = AssertionKey.Id },
            new JsonObject { ["iss"] = id, ["sub"] = id, ["aud"] = Url, ["jti"] = Random(), ["iat"] = now, ["exp"] = now + 60 });
        return (AlterAssertion?.Invoke(assertion) ?? assertion).Sign(AssertionKey);
    }

    private XrpcAnswer Noted(XrpcAnswer answer)
    {
        if (answer.Headers.TryGetValue("DPoP-Nonce", out var nonce)) Nonce = nonce;
        return answer;
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
