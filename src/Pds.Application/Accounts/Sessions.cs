using System.Security.Cryptography;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Begins sessions: a pair of tokens and what clients are told beside them.</summary>
internal sealed class Sessions(ISessionStore sessions, ITokenIssuer tokens, IIdentityResolver identities, IdentityOptions options, TimeProvider time)
{
    /// <summary>A new session for an account, kept with the unit of work.</summary>
    /// <param name="appPassword">What it was begun with; null for the account's own password.</param>
    public TokenPair Begin(Did did, AppPassword? appPassword = null)
    {
        var refresh = new RefreshToken(NewId(), did, time.GetUtcNow() + RefreshToken.Lifetime, AppPasswordId: appPassword?.Id);
        sessions.Add(refresh);
        return Tokens(refresh, SessionScopes.Of(appPassword));
    }

    /// <summary>A session that cannot be renewed: its refresh token is not kept.</summary>
    public TokenPair BeginUnrenewable(Did did, SessionScope scope) =>
        Tokens(new RefreshToken(NewId(), did, time.GetUtcNow() + RefreshToken.Lifetime), scope);

    public TokenPair Tokens(RefreshToken refresh, SessionScope scope) =>
        new(tokens.IssueAccess(refresh.Did, scope, refresh.AppPasswordId), tokens.IssueRefresh(refresh));

    /// <summary>The document that session answers carry where the operator wants it.</summary>
    public async Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) =>
        options.DidDocWithSession ? await identities.ResolveDidAsync(did, ct) : null;

    public static string NewId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}

internal readonly record struct TokenPair(string AccessJwt, string RefreshJwt);
