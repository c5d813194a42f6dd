using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Apps that a user has let in with some scopes, without the way there: the session is put where sessions are kept; the calls are real.</summary>
public static class LetInApp
{
    /// <param name="pds">Where the user is.</param>
    /// <param name="user">Whose session it is.</param>
    /// <param name="scope">What the app may do beside being let in.</param>
    public static async Task<OAuthClient> OfAsync(PdsFixture pds, Did user, string scope)
    {
        var time = pds.Services.GetRequiredService<TimeProvider>();
        var app = new OAuthClient(pds.Url, "https://app.example.com/client.json") { Clock = time.GetUtcNow, Nonce = pds.Services.GetRequiredService<DpopNonces>().Next };
        var (now, scopes) = (time.GetUtcNow(), scope.Length == 0 ? "atproto" : $"atproto {scope}");
        var session = new OAuthSession(
            OAuthSession.NewId(), user, ClientId.Parse(app.Id), ClientKey: null, DeviceId.New(), app.Key.Thumbprint,
            scopes, scopes, RandomNumberGenerator.GetBytes(32), now, now, now + TimeSpan.FromDays(1));

        await using var scoped = pds.Services.CreateAsyncScope();
        scoped.ServiceProvider.GetRequiredService<IOAuthSessionStore>().Add(session);
        await scoped.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
        app.AccessToken = pds.Services.GetRequiredService<IAccessTokenIssuer>().Issue(session, now + OAuthSession.AccessLifetime);
        return app;
    }
}
