using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pds.TestKit;

/// <summary>A relay that remembers who asked it to come.</summary>
public sealed class FakeRelay : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<string> _hostnames = [];

    private FakeRelay(WebApplication server) => _server = server;

    /// <summary>What it refuses with; null while it comes to everyone.</summary>
    public object? Refusal { get; set; }

    /// <summary>Who asked, oldest first.</summary>
    public IReadOnlyList<string> Hostnames => [.. _hostnames];

    /// <summary>What it knows of a host, by name: the answer of <c>getHostStatus</c>.</summary>
    public ConcurrentDictionary<string, object> Hosts { get; } = [];

    public string Url => _server.Urls.Single();

    public static async Task<FakeRelay> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var relay = new FakeRelay(builder.Build());
        relay._server.MapPost("/xrpc/com.atproto.sync.requestCrawl", relay.Answer);
        relay._server.MapGet("/xrpc/com.atproto.sync.getHostStatus", (string hostname) => relay.Hosts.TryGetValue(hostname, out var status)
            ? Results.Json(status)
            : Results.Json(new { error = "HostNotFound", message = "never heard of it" }, statusCode: StatusCodes.Status400BadRequest));
        await relay._server.StartAsync();
        return relay;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Answer(JsonElement input)
    {
        if (Refusal is { } refusal) return Results.Json(refusal, statusCode: StatusCodes.Status400BadRequest);
        _hostnames.Enqueue(input.GetProperty("hostname").GetString()!);
        return Results.Ok();
    }
}
