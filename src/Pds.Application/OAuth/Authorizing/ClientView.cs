using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>A client as people are shown it (https://atproto.com/specs/oauth#authorization-interface).</summary>
/// <param name="Id">Always shown.</param>
/// <param name="IsTrusted">Whether the operator vouches for it (<c>PDS_OAUTH_TRUSTED_CLIENTS</c>).</param>
/// <param name="Name">What it calls itself; of trusted clients only, for anybody can take any name.</param>
/// <param name="Home">Its home page; of trusted clients only.</param>
/// <param name="Logo">Of trusted clients only.</param>
/// <param name="Terms">Its terms of service.</param>
/// <param name="Policy">Its privacy policy.</param>
public sealed record ClientView(ClientId Id, bool IsTrusted, string? Name = null, Uri? Home = null, Uri? Logo = null, Uri? Terms = null, Uri? Policy = null)
{
    internal static ClientView Of(ClientMetadata client, bool isTrusted) => isTrusted
        ? new ClientView(client.Id, IsTrusted: true, client.Name, client.Home, client.Logo, client.Terms, client.Policy)
        : new ClientView(client.Id, IsTrusted: false, Terms: client.Terms, Policy: client.Policy);
}
