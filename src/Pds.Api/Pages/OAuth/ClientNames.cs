using Pds.Application.OAuth.Authorizing;
using Pds.Domain.OAuth;

namespace Pds.Api.Pages.OAuth;

/// <summary>What people are shown for a client: its host, which nobody can take from another, unless the operator vouches for what it calls itself.</summary>
internal static class ClientNames
{
    public static string Of(ClientView client) => client.Name ?? Of(client.Id);

    public static string Of(ClientId client) => client.IsLoopback ? Texts.LocalApp : client.Host;
}
