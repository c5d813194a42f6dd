using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.TestKit;

/// <summary>Another service of the network on loopback, with a did:web of its own. It echoes what arrives, or does what the call's <c>do</c> asks: all that can go wrong with a service.</summary>
public sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<JsonObject> _calls = [];
    private int _waiting;
    private long _sent;

    private FakeUpstream(WebApplication server) => _server = server;

    public string Url => _server.Urls.Single();

    /// <summary>Its DID names the port, so it resolves where loopback may be asked.</summary>
    public Did Did => Did.Web($"localhost:{new Uri(Url).Port}");

    /// <summary>The key that its document names <c>#atproto</c>: it signs its service tokens.</summary>
    public ISigningKey Key { get; } = NewKey();

    /// <summary>What came, oldest first: verb, path and query, headers, body.</summary>
    public IReadOnlyList<JsonObject> Calls => [.. _calls];

    /// <summary>What it does for some methods, by their names, in the place of all else.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Answers { get; } = [];

    /// <summary>How far it says that it has seen the caller's repo.</summary>
    public Tid Rev { get; set; } = Tid.Parse("3jzfcijpj2z2a");

    /// <summary>What the records that it is asked for are.</summary>
    public JsonNode? Record { get; set; }

    /// <summary>Calls that wait for it to end.</summary>
    public int Waiting => _waiting;

    /// <summary>How many bytes of large answers were taken from it.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public static async Task<FakeUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        var upstream = new FakeUpstream(builder.Build());
        upstream._server.MapGet("/.well-known/did.json", upstream.Document);
        upstream._server.Map("/xrpc/{nsid}", upstream.AnswerAsync);
        await upstream._server.StartAsync();
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private IResult Document()
    {
        var services = new[] { ("#fake", "FakeService"), ("#bsky_notif", "BskyNotificationService"), ("#bsky_appview", "BskyAppView") }
            .Select(service => new { id = service.Item1, type = service.Item2, serviceEndpoint = Url });
        var methods = new[] { new { id = $"{Did}#atproto", type = "Multikey", controller = Did.Value, publicKeyMultibase = Key.PublicKey.ToString()["did:key:".Length..] } };
        return Results.Json(new { id = Did.Value, verificationMethod = methods, service = services });
    }

    private static ISigningKey NewKey()
    {
        var keys = new KeyFactory();
        return keys.Import(keys.Generate(Curve.K256));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var call = await ReadAsync(http.Request);
        _calls.Enqueue(call);
        if (Answers.TryGetValue((string)http.Request.RouteValues["nsid"]!, out var answer))
        {
            await answer(http);
            return;
        }

        http.Response.Headers["atproto-repo-rev"] = Rev.ToString();
        http.Response.Headers["Retry-After"] = "7";
        http.Response.Headers["Set-Cookie"] = "a=b";
        http.Response.Headers["X-Other"] = "other";
        await (http.Request.Query["do"].ToString() switch
        {
            "hang" => HangAsync(http),
            "stall" => StallAsync(http),
            "trickle" => TrickleAsync(http),
            "lie" => LieAsync(http),
            "break" => BreakAsync(http),
            "large" => SendAsync(http, long.Parse(http.Request.Query["size"].ToString(), CultureInfo.InvariantCulture)),
            "gzip" => GzipAsync(http),
            "redirect" => RedirectAsync(http),
            "odd" => OddAsync(http),
            "status" => RefuseAsync(http),
            _ => EchoAsync(http, call),
        });
    }

    private static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        if (request.Query["do"] == "count") return new JsonObject { ["bytes"] = await CountAsync(request.Body) };
        await request.Body.CopyToAsync(body);
        var headers = new JsonObject();
        foreach (var (name, value) in request.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)) headers[name.ToLowerInvariant()] = value.ToString();
        return new JsonObject
        {
            ["verb"] = request.Method,
            ["target"] = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget,
            ["headers"] = headers,
            ["body"] = Encoding.UTF8.GetString(body.ToArray()),
        };
    }

    private static async Task<long> CountAsync(Stream body)
    {
        var (buffer, all) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer) is var count and > 0) all += count;
        return all;
    }

    private Task EchoAsync(HttpContext http, JsonObject call)
    {
        http.Response.ContentType = "application/json";
        var answer = http.Request.Path.Value!.EndsWith(".getRecord", StringComparison.Ordinal) && Record is not null ? Record : call;
        return http.Response.WriteAsync(answer.ToJsonString());
    }

    private async Task HangAsync(HttpContext http)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task StallAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("and then");
        await http.Response.Body.FlushAsync();
        await HangAsync(http);
    }

    private static async Task TrickleAsync(HttpContext http)
    {
        for (var i = 0; i < 10; i++)
        {
            await http.Response.WriteAsync($"{i}");
            await http.Response.Body.FlushAsync();
            await Task.Delay(200);
        }
    }

    /// <summary>Says that more comes than does.</summary>
    private static async Task LieAsync(HttpContext http)
    {
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("less");
    }

    /// <summary>Closes before it has said anything.</summary>
    private static Task BreakAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private async Task SendAsync(HttpContext http, long size)
    {
        if (http.Request.Query["length"] == "yes") http.Response.ContentLength = size;
        var piece = new byte[64 * 1024];
        for (var sent = 0L; sent < size; sent += piece.Length)
        {
            await http.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, size - sent)), http.RequestAborted);
            Interlocked.Add(ref _sent, piece.Length);
        }
    }

    private static async Task GzipAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentEncoding = "gzip";
        if (int.TryParse(http.Request.Query["status"], out var status)) http.Response.StatusCode = status;
        await http.Response.Body.WriteAsync(Packed.With("gzip", """{"error":"Packed","message":"unpack me"}"""));
    }

    private Task RedirectAsync(HttpContext http)
    {
        http.Response.Redirect($"{Url}/xrpc/com.example.elsewhere");
        return Task.CompletedTask;
    }

    private static Task OddAsync(HttpContext http)
    {
        http.Response.ContentType = http.Request.Query["type"];
        http.Response.Headers.ContentLanguage = "de, en";
        return http.Response.WriteAsync("<b>odd</b>");
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = int.Parse(http.Request.Query["status"].ToString(), CultureInfo.InvariantCulture);
        http.Response.ContentType = http.Request.Query["type"].FirstOrDefault() ?? "application/json";
        return http.Response.WriteAsync(http.Request.Query["text"].FirstOrDefault() ?? """{"error":"Refused","message":"not by me"}""");
    }
}
