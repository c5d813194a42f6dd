using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Checks;

/// <summary>A client that has said who it is, and proved it if it can.</summary>
/// <param name="Key">The key that it proved itself by; null for a public client.</param>
internal sealed record AuthenticatedClient(ClientMetadata Metadata, ClientKey? Key)
{
    public ClientId Id => Metadata.Id;

    /// <summary>Whether something that began with a client goes on with this one: the same client, by the same key. One that was public may begin to prove itself.</summary>
    /// <exception cref="OAuthException">invalid_grant.</exception>
    public void RequireSame(ClientId client, ClientKey? key)
    {
        if (client != Id) throw OAuthException.InvalidGrant("Token was not issued to this client");
        if (key is not null && key != Key) throw OAuthException.InvalidGrant("The session was initiated with a different key than the client assertion currently used");
    }
}
