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

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = MaxBytes,
        Timeout = TimeSpan.FromSeconds(10),
    };

    public async Task RequestCrawlAsync(Uri relay, CancellationToken ct)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(new Uri(relay, "/xrpc/com.atproto.sync.requestCrawl"), new { hostname = service.Hostname }, ct);
            if (!response.IsSuccessStatusCode) throw XrpcException.UpstreamFailure($"The relay refuses: {await ExplainAsync(response, ct)}");
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

    public void Dispose() => _http.Dispose();

    /// <summary>The name and message of the refusal, or its status where there are none.</summary>
    private static async Task<string> ExplainAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<Refusal>(ct);
            if (answer?.Error is { Length: > 0 } error) return $"{error} {answer.Message}".Trim();
        }
        catch (JsonException)
        {
            // Not a relay's answer: the status says what there is to say.
        }

        return $"status {(int)response.StatusCode}";
    }

    private sealed record Refusal(string? Error, string? Message);
}
