using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Granting;

/// <summary>Begins the session of a request that its user accepted, for who exchanges its code. In the account's turn.</summary>
internal sealed class NewSession(
    IOAuthSessionStore sessions, IAccountStore accounts, GrantedScopes scopes, RefreshTokens refreshTokens, TokenAnswers answers, UsedChallenges used, TimeProvider time)
{
    /// <exception cref="OAuthException">invalid_grant: it is not this client's, or not by this key or verifier; it has expired, or the account is not to be had. invalid_scope.</exception>
    public async Task<Token.Output> BeginAsync(AuthenticatedClient client, DpopProof proof, PushedRequest request, OAuthForm form, CancellationToken ct)
    {
        client.RequireSame(request.Client, request.ClientKey);
        var parameters = request.Parameters;
        if (proof.Key.Thumbprint != parameters.KeyThumbprint) throw OAuthException.InvalidGrant("DPoP proof does not match the expected JKT");
        if (form.Find("redirect_uri") != parameters.RedirectUri!.Value)
            throw OAuthException.InvalidGrant("The redirect_uri parameter must match the one used in the authorization request");
        if (!Pkce.Matches(parameters.CodeChallenge, form.Require("code_verifier"))) throw OAuthException.InvalidGrant("Invalid code_verifier");

        await RequireAccountAsync(request, ct);
        used.Use(parameters.CodeChallenge);
        var scope = await scopes.ExpandAsync(parameters.Scopes, ct);

        var (now, id) = (time.GetUtcNow(), OAuthSession.NewId());
        var refreshToken = client.Metadata.CanRefresh ? refreshTokens.Create(id) : null;
        var session = new OAuthSession(
            id, request.Account!, client.Id, client.Key, request.Device!.Value, proof.Key.Thumbprint, parameters.Scope, scope.ToString(), request.CodeHash!.Value,
            CreatedAt: now, RefreshedAt: now, EndOf(client, now), refreshToken is null ? default(ReadOnlyMemory<byte>?) : RefreshTokens.HashOf(refreshToken));
        sessions.Add(session);
        return answers.Of(session, refreshToken);
    }

    /// <summary>One that cannot be refreshed is over with its access token.</summary>
    private static DateTimeOffset EndOf(AuthenticatedClient client, DateTimeOffset now) =>
        client.Metadata.CanRefresh ? OAuthSession.EndOf(client.Metadata.IsConfidential, now, now) : now + OAuthSession.AccessLifetime;

    private async Task<Account> RequireAccountAsync(PushedRequest request, CancellationToken ct)
    {
        if (request.ExpiresAt <= time.GetUtcNow()) throw OAuthException.InvalidGrant("This code has expired");
        return await accounts.FindAsync(request.Account!, ct) is { IsActive: true } account && !(request.AcceptedAt < account.SessionsValidFrom)
            ? account
            : throw OAuthException.InvalidGrant("The account cannot be used");
    }
}
