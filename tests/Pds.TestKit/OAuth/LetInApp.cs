using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Apps that a user has let in already: the session is put where sessions are kept, and the app has its token.</summary>
public static class LetInApp
{
    private const string Id = "https://app.example.com/client.json";

    /// <param name="pds">Where the user is.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="scope">What the app may do beside being let in.</param>
    public static async Task<OAuthClient> OfAsync(PdsFixture pds, Did user, string scope)
    {
        await using var scoped = pds.Services.CreateAsyncScope();
        var services = scoped.ServiceProvider;
        var time = services.GetRequiredService<TimeProvider>();
        var app = new OAuthClient(pds.Url, Id) { Clock = time.GetUtcNow, Nonce = services.GetRequiredService<DpopNonces>().Next };

        var (now, scopes) = (time.GetUtcNow(), scope.Length == 0 ? "atproto" : $"atproto {scope}");
        var session = new OAuthSession(
            OAuthSession.NewId(), user, ClientId.Parse(Id), ClientKey: null, DeviceId.New(), app.Key.Thumbprint,
            scopes, scopes, RandomNumberGenerator.GetBytes(32), now, now, now + TimeSpan.FromDays(1));
        services.GetRequiredService<IOAuthSessionStore>().Add(session);
        await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);

        app.AccessToken = services.GetRequiredService<IAccessTokenIssuer>().Issue(session, now + OAuthSession.AccessLifetime);
        return app;
    }
}
