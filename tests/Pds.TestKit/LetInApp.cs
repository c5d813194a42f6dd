using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>An app that a user has let in by OAuth with some scopes. Its session is put where sessions are kept; its calls are real: a token, and a proof of its key each time.</summary>
public sealed class LetInApp : XrpcClient
{
    private readonly IServiceProvider _services;
    private readonly ECDsa _key;
    private readonly JsonElement _jwk;
    private readonly string _token;

    private LetInApp(PdsFixture pds, Did user, ECDsa key, JsonElement jwk, string token) : base(pds.Url) =>
        (_services, User, _key, _jwk, _token) = (pds.Services, user, key, jwk, token);

    public Did User { get; }

    /// <param name="pds">Where the user is.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="scope">What the app may do beside being let in.</param>
    public static async Task<LetInApp> OfAsync(PdsFixture pds, Did user, string scope)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var jwk = JsonSerializer.SerializeToElement(new { kty = "EC", crv = "P-256", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) });
        Jwk.TryParse(jwk, out var parsed);

        await using var scoped = pds.Services.CreateAsyncScope();
        var now = scoped.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        var scopes = scope.Length == 0 ? "atproto" : $"atproto {scope}";
        var session = new OAuthSession(
            OAuthSession.NewId(), user, ClientId.Parse("https://app.example.com/client.json"), ClientKey: null, DeviceId.New(), parsed!.Thumbprint,
            scopes, scopes, RandomNumberGenerator.GetBytes(32), now, now, now + TimeSpan.FromDays(1));
        scoped.ServiceProvider.GetRequiredService<IOAuthSessionStore>().Add(session);
        await scoped.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);

        var token = pds.Services.GetRequiredService<IAccessTokenIssuer>().Issue(session, now + OAuthSession.AccessLifetime);
        return new LetInApp(pds, user, key, jwk, token);
    }

    public override Task<XrpcAnswer> SendAsync(HttpRequestMessage request)
    {
        var path = request.RequestUri!.OriginalString.Split('?')[0];
        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {_token}");
        request.Headers.TryAddWithoutValidation("DPoP", Prove(request.Method.Method, $"{Url}{path}"));
        return base.SendAsync(request);
    }

    private string Prove(string method, string url)
    {
        var header = new { typ = "dpop+jwt", alg = "ES256", jwk = _jwk };
        var claims = new
        {
            jti = RandomNumberGenerator.GetHexString(32),
            htm = method,
            htu = url,
            iat = _services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds(),
            nonce = _services.GetRequiredService<DpopNonces>().Next,
            ath = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_token))),
        };
        var content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
