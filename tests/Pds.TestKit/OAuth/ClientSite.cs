using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pds.TestKit;

/// <summary>Where OAuth clients publish what they say of themselves: <c>https://app.example.com</c>, on loopback, with a certificate that only tests trust.</summary>
public sealed class ClientSite : IAsyncDisposable
{
    public const string Host = "app.example.com";

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = [];
    private readonly ConcurrentDictionary<string, JsonObject> _documents = [];
    private readonly ConcurrentDictionary<string, int> _asked = [];
    private int _clients;

    private ClientSite(WebApplication server) => _server = server;

    public string Url => $"https://{Host}:{new Uri(_server.Urls.Single()).Port}";

    public static async Task<ClientSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificates.For(Host))));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var site = new ClientSite(builder.Build());
        site._server.Run(site.AnswerAsync);
        await site._server.StartAsync();
        return site;
    }

    /// <summary>Publishes the metadata of a new client, and answers its <c>client_id</c>.</summary>
    public string Publish(Action<JsonObject>? change = null)
    {
        var path = $"/client-{Interlocked.Increment(ref _clients)}.json";
        var metadata = new JsonObject
        {
            ["client_id"] = $"{Url}{path}",
            ["client_name"] = "The app",
            ["redirect_uris"] = new JsonArray("https://app.example.com/callback"),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
            ["response_types"] = new JsonArray("code"),
            ["scope"] = "atproto transition:generic transition:email transition:chat.bsky",
            ["token_endpoint_auth_method"] = "none",
            ["dpop_bound_access_tokens"] = true,
        };
        change?.Invoke(metadata);
        _documents[$"{Url}{path}"] = metadata;
        Put(path, metadata);
        return $"{Url}{path}";
    }

    /// <summary>Publishes a client's metadata anew, changed.</summary>
    public void Change(string clientId, Action<JsonObject> change)
    {
        change(_documents[clientId]);
        Put(new Uri(clientId).AbsolutePath, _documents[clientId]);
    }

    /// <summary>Publishes a client that proves itself by a key.</summary>
    public string PublishConfidential(ClientKeyPair key, Action<JsonObject>? change = null) => Publish(metadata =>
    {
        metadata["token_endpoint_auth_method"] = "private_key_jwt";
        metadata["token_endpoint_auth_signing_alg"] = key.Algorithm;
        metadata["jwks"] = new JsonObject { ["keys"] = new JsonArray(key.Public.DeepClone()) };
        change?.Invoke(metadata);
    });

    /// <summary>Puts a JSON document at a path, in the place of what was there.</summary>
    public void Put(string path, JsonNode document)
    {
        var json = document.ToJsonString();
        Put(path, http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(json);
        });
    }

    /// <summary>Puts anything at a path.</summary>
    public void Put(string path, RequestDelegate answer) => _pages[path] = answer;

    /// <summary>How often a path was asked for.</summary>
    public int Asked(string path) => _asked.GetValueOrDefault(path);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        _asked.AddOrUpdate(path, 1, (_, count) => count + 1);
        if (_pages.TryGetValue(path, out var page)) return page(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
