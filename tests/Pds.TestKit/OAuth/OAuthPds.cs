using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.OAuth.Authorizing;
using Pds.Application.OAuth.Checks;
using Pds.Application.Options;
using Pds.Domain.OAuth;
using Pds.Infrastructure.Outbound;

namespace Pds.TestKit;

/// <summary>A server with OAuth clients around it, whose users are this process: what pages do, it does by the commands that pages send.</summary>
public class OAuthPds : TimedPdsFixture
{
    /// <summary>Where the clients are published.</summary>
    public ClientSite Site { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Site = await ClientSite.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Site.DisposeAsync();
    }

    /// <summary>The nonce that proofs are to have now.</summary>
    public string Nonce => Services.GetRequiredService<DpopNonces>().Next;

    /// <summary>A client that anybody can write: public, with a document of its own.</summary>
    public OAuthClient NewClient(Action<JsonObject>? change = null) => new(Url, Site.Publish(change)) { Clock = Time.GetUtcNow };

    /// <summary>A client that proves itself by a key.</summary>
    public OAuthClient NewConfidentialClient(ClientKeyPair? key = null)
    {
        key ??= new ClientKeyPair(kid: "key-1");
        return new OAuthClient(Url, Site.PublishConfidential(key)) { AssertionKey = key, Clock = Time.GetUtcNow };
    }

    /// <summary>What a page does when a browser comes with a request.</summary>
    public Task<AuthorizationStep> OpenAsync(OAuthClient client, string request, DeviceId device, params IReadOnlyList<DeviceAccount> accounts) =>
        SendAsync(new OpenAuthorization(ReadRequest(request), ClientId.Parse(client.Id), device, accounts));

    /// <summary>What a page does when its user lets the client in.</summary>
    public Task<AuthorizationResponse> AcceptAsync(string request, DeviceId device, Actor account, params string[] granted) =>
        SendAsync(new AcceptAuthorization(ReadRequest(request), device, new DeviceAccount(account.Did, Time.GetUtcNow()), granted.Length > 0 ? granted : null));

    public Task<AuthorizationResponse> RejectAsync(string request, DeviceId device) => SendAsync(new RejectAuthorization(ReadRequest(request), device));

    /// <summary>A request that is opened and accepted; answers the code.</summary>
    public async Task<string> AuthorizeAsync(OAuthClient client, Actor account, string request)
    {
        var device = DeviceId.New();
        await OpenAsync(client, request, device);
        return (await AcceptAsync(request, device, account))["code"] ?? throw new InvalidOperationException("Not accepted");
    }

    /// <summary>The whole way: the client gets its tokens, and keeps them.</summary>
    public async Task<OAuthClient> SignInAsync(OAuthClient client, Actor account, string scope = "atproto transition:generic")
    {
        var request = await client.PushAsync(scope);
        (await client.ExchangeAsync(await AuthorizeAsync(client, account, request))).Ok();
        return client;
    }

    public static RequestUri ReadRequest(string text) => RequestUri.TryParse(text, out var request) ? request : throw new FormatException(text);

    protected override void Adjust(WebApplicationBuilder builder)
    {
        base.Adjust(builder);
        builder.Services.AddSingleton(new TlsTrust([TestCertificates.Authority]));
        builder.Services.AddSingleton(provider => new GuardedConnection(
            provider.GetRequiredService<OutboundOptions>(), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
    }
}
