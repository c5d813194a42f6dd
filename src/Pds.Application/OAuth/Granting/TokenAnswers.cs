using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Granting;

/// <summary>Makes the answer that bears a session's tokens.</summary>
internal sealed class TokenAnswers(IAccessTokenIssuer tokens, TimeProvider time)
{
    public Token.Output Of(OAuthSession session, Secret? refreshToken)
    {
        var now = time.GetUtcNow();
        var until = now + OAuthSession.AccessLifetime < session.ExpiresAt ? now + OAuthSession.AccessLifetime : session.ExpiresAt;
        return new Token.Output(tokens.Issue(session, until), "DPoP", (int)(until - now).TotalSeconds, session.Scope, session.Did, refreshToken?.Reveal());
    }
}
