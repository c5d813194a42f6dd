using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.refreshSession</c>: exchanges a refresh token for the next pair.</summary>
/// <remarks>
/// The old token works for two hours more and then always yields the same successor, so that a client which lost the answer, or two tabs
/// that ask at once, stay signed in. Turns per account make "the same" true under concurrency.
/// </remarks>
public sealed record RefreshSession : ICommand<SessionWithTokens>, IRepoCommand
{
    internal sealed class Handler(ICaller caller, ISessionStore store, IAppPasswordStore appPasswords, Sessions sessions, TimeProvider time)
        : IRequestHandler<RefreshSession, SessionWithTokens>
    {
        public async Task<SessionWithTokens> Handle(RefreshSession command, CancellationToken ct)
        {
            var account = caller.RequireAccount();
            var next = await RotateAsync(account, ct);
            var tokens = sessions.Tokens(next, ScopeOf(next));
            return new SessionWithTokens(tokens, SessionInfo.Of(account, await sessions.FindDocumentAsync(account.Did, ct)));
        }

        /// <summary>A session stays what it began as.</summary>
        private SessionScope ScopeOf(RefreshToken session)
        {
            if (session.AppPasswordId is not { } id) return SessionScope.Access;
            return SessionScopes.Of(appPasswords.Find(session.Did, id) ?? throw XrpcException.ExpiredToken("Token has been revoked"));
        }

        private async Task<RefreshToken> RotateAsync(Account account, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            await store.RemoveExpiredAsync(account.Did, now, ct);
            var current = caller.RefreshTokenId is { } id ? await store.FindAsync(id, ct) : null;
            if (current is null || current.Did != account.Did || current.ExpiresAt <= now)
                throw XrpcException.ExpiredToken("Token has been revoked");

            var next = current with { Id = current.NextId ?? Sessions.NewId(), ExpiresAt = now + RefreshToken.Lifetime, NextId = null };
            var known = await store.FindAsync(next.Id, ct);
            if (known is not null) return known;
            if (current.NextId is not null) throw XrpcException.ExpiredToken("Token has been revoked"); // the session was ended meanwhile

            var grace = now + RefreshToken.Grace;
            await store.UpdateAsync(current with { NextId = next.Id, ExpiresAt = grace < current.ExpiresAt ? grace : current.ExpiresAt }, ct);
            store.Add(next);
            return next;
        }
    }
}
