using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>Finds what people are shown of clients.</summary>
internal sealed class ClientViews(IClientDocuments clients, OAuthOptions options)
{
    /// <summary>Of a client that somebody is asked about.</summary>
    /// <exception cref="OAuthException">invalid_client_metadata: its documents cannot be had now.</exception>
    public async Task<ClientView> ReadAsync(ClientId client, CancellationToken ct) => ClientView.Of(await clients.FindAsync(client, ct), options.TrustedClients.Contains(client));

    /// <summary>Of a client that was let in. Of those that are not trusted nothing is shown but their name, so nobody need be asked. One whose documents cannot be had now has no other.</summary>
    public async Task<ClientView> FindAsync(ClientId client, CancellationToken ct)
    {
        if (!options.TrustedClients.Contains(client)) return new ClientView(client, IsTrusted: false);
        try
        {
            return await ReadAsync(client, ct);
        }
        catch (OAuthException)
        {
            return new ClientView(client, IsTrusted: true);
        }
    }
}
