using Pds.Domain.OAuth;

namespace Pds.Application.Ports;

/// <summary>Writes the access tokens of OAuth sessions; the Api's authentication reads them.</summary>
public interface IAccessTokenIssuer
{
    /// <summary>A token that is bound to the session's DPoP key.</summary>
    string Issue(OAuthSession session, DateTimeOffset expiresAt);

    /// <summary>The session of a token of this server's, run out or not; null for anything else.</summary>
    Task<string?> FindSessionAsync(string token);
}
