using System.Net.Http.Json;
using System.Text.Json;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;

namespace Pds.Infrastructure.Outbound;

/// <summary>Relays over HTTP. The operator chose them, so they may be anywhere.</summary>
internal sealed class HttpRelays(ServiceOptions service) : IRelays, IDisposable
{
    private const int MaxBytes = 64 * 1024;
    private const string UnknownHost = "HostNotFound";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = MaxBytes,
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task RequestCrawlAsync(Uri relay, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(relay, "/xrpc/com.atproto.sync.requestCrawl"));
        request.Content = JsonContent.Create(new { hostname = service.Hostname });
        var (status, body) = await SendAsync(request, ct);
        if (status is not (>= 200 and < 300)) throw Refused(status, Read<Refusal>(body));
    }

    public async Task<HostStatus?> FindHostStatusAsync(Uri relay, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relay, $"/xrpc/com.atproto.sync.getHostStatus?hostname={Uri.EscapeDataString(service.Hostname)}"));
        var (status, body) = await SendAsync(request, ct);
        if (status is >= 200 and < 300) return Read<HostStatus>(body) ?? throw XrpcException.UpstreamFailure("The relay answers nonsense");
        var refusal = Read<Refusal>(body);
        return refusal?.Error == UnknownHost ? null : throw Refused(status, refusal);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await _http.SendAsync(request, ct);
            return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (HttpRequestException failure)
        {
            throw XrpcException.UpstreamFailure("The relay cannot be reached", failure);
        }
        catch (TaskCanceledException failure) when (!ct.IsCancellationRequested)
        {
            throw XrpcException.UpstreamFailure("The relay does not answer in time", failure);
        }
    }

    /// <summary>The name and message of the refusal, or its status where there are none.</summary>
    private static XrpcException Refused(int status, Refusal? refusal) => XrpcException.UpstreamFailure(
        $"The relay refuses: {(refusal?.Error is { Length: > 0 } error ? $"{error} {refusal.Message}".Trim() : $"status {status}")}");

    /// <summary>Null for what is not a relay's answer.</summary>
    private static T? Read<T>(byte[] body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Refusal(string? Error, string? Message);
}
