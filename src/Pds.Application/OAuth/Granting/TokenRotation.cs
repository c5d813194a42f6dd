using System.Security.Cryptography;
using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Granting;

/// <summary>Exchanges a refresh token for the next, and an access token (RFC 6749 §6). One that comes again later is somebody's copy, and ends the session (RFC 9700 §4.14.2).</summary>
internal sealed class TokenRotation(
    IOAuthSessionStore sessions, IAccountStore accounts, RefreshTokens tokens, TokenAnswers answers, GrantedScopes scopes, IRepoGate gate, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <exception cref="OAuthException">invalid_request, invalid_grant.</exception>
    public async Task<Token.Output> ExchangeAsync(AuthenticatedClient client, DpopProof proof, OAuthForm form, CancellationToken ct)
    {
        var token = Secret.Of(form.Require("refresh_token"));
        var id = RefreshTokens.SessionOf(token.Reveal()) ?? throw OAuthException.InvalidGrant("Invalid refresh token");
        var did = sessions.Find(id)?.Did ?? throw OAuthException.InvalidGrant("Invalid refresh token");

        using var turn = await gate.EnterAsync(did, ct);
        var session = sessions.Find(id) ?? throw OAuthException.InvalidGrant("Invalid refresh token");
        var rank = RankOf(session, token);
        if (rank == Rank.Unknown) throw OAuthException.InvalidGrant("Invalid refresh token");
        if (rank == Rank.Replayed) throw await EndAsync(session, "Refresh token replayed", ct);
        await RequireHolderAsync(session, client, proof, ct);

        if (rank == Rank.Previous) return AnswerAgain(session, token);
        var next = tokens.Next(token, id);
        var renewed = await RenewAsync(session, client, next, ct);
        await sessions.UpdateAsync(renewed, ct);
        await unitOfWork.SaveChangesAsync(ct);
        return answers.Of(renewed, next);
    }

    private Rank RankOf(OAuthSession session, Secret token)
    {
        var hash = RefreshTokens.HashOf(token).Span;
        if (Equal(session.RefreshHash, hash)) return Rank.Last;
        if (Equal(session.PreviousHash, hash)) return time.GetUtcNow() - session.RefreshedAt <= OAuthSession.Grace ? Rank.Previous : Rank.Replayed;
        return tokens.IsGenuine(token) ? Rank.Replayed : Rank.Unknown;
    }

    private static bool Equal(ReadOnlyMemory<byte>? kept, ReadOnlySpan<byte> hash) => kept is { } one && CryptographicOperations.FixedTimeEquals(one.Span, hash);

    /// <summary>A token in the wrong hands ends the session, as a copy does.</summary>
    private async Task RequireHolderAsync(OAuthSession session, AuthenticatedClient client, DpopProof proof, CancellationToken ct)
    {
        try
        {
            client.RequireSame(session.Client, session.ClientKey);
            if (proof.Key.Thumbprint != session.KeyThumbprint) throw OAuthException.InvalidGrant("DPoP proof does not match the expected JKT");
        }
        catch (OAuthException wrong)
        {
            throw await EndAsync(session, wrong.Message, ct);
        }

        if (await accounts.FindAsync(session.Did, ct) is not { } account || !session.Holds(account, time.GetUtcNow())) throw await EndAsync(session, "Session expired", ct);
    }

    /// <summary>The same successor that the first exchange got: that answer was lost, or two asked at once.</summary>
    private Token.Output AnswerAgain(OAuthSession session, Secret token)
    {
        var next = tokens.Next(token, session.Id);
        return Equal(session.RefreshHash, RefreshTokens.HashOf(next).Span) ? answers.Of(session, next)
            : throw OAuthException.InvalidGrant("Invalid refresh token"); // the operator changed the secret in this very minute
    }

    private async Task<OAuthSession> RenewAsync(OAuthSession session, AuthenticatedClient client, Secret next, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return session with
        {
            ClientKey = client.Key,
            Scope = await ExpandAsync(session, ct),
            RefreshedAt = now,
            ExpiresAt = OAuthSession.EndOf(client.Metadata.IsConfidential, session.CreatedAt, now),
            RefreshHash = RefreshTokens.HashOf(next),
            PreviousHash = session.RefreshHash,
        };
    }

    /// <summary>What cannot be looked up now stays as it was.</summary>
    private async Task<string> ExpandAsync(OAuthSession session, CancellationToken ct)
    {
        try
        {
            return (await scopes.ExpandAsync(ScopeSet.Parse(session.Requested), ct)).ToString();
        }
        catch (OAuthException)
        {
            return session.Scope;
        }
    }

    private async Task<OAuthException> EndAsync(OAuthSession session, string reason, CancellationToken ct)
    {
        await sessions.RemoveAsync(session.Id, ct);
        await unitOfWork.SaveChangesAsync(ct);
        return OAuthException.InvalidGrant(reason);
    }

    private enum Rank
    {
        /// <summary>Not made here, or with a secret of long ago.</summary>
        Unknown,

        Last,

        /// <summary>The one before, a moment ago.</summary>
        Previous,

        Replayed,
    }
}
