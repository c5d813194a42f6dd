using System.Net;
using System.Net.Security;
using System.Text;
using Pds.Application.Options;

namespace Pds.Infrastructure.Outbound;

/// <summary>The one door for requests to addresses that come from users or the network. What the operator configures does not go through here.</summary>
/// <remarks>https only, to public addresses only, without cookies, proxies, credentials or decompression; bounded in time and size.</remarks>
internal sealed class SafeHttpClient : IDisposable
{
    private const int MaxHeaderKilobytes = 16;

    private readonly OutboundOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <summary>Believes the authorities that the system believes.</summary>
    public SafeHttpClient(OutboundOptions options, GuardedConnection connection, TimeProvider time) : this(options, connection, new TlsTrust(), time)
    {
    }

    public SafeHttpClient(OutboundOptions options, GuardedConnection connection, TlsTrust trust, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (context, ct) => connection.OpenAsync(context.DnsEndPoint, ct),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust.ToChainPolicy() },
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a changed address is seen
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        });
    }

    /// <summary>Fetches something small, whole.</summary>
    /// <exception cref="OutboundException">The address is refused, cannot be reached, or exceeds the limits.</exception>
    public async Task<OutboundResponse> GetAsync(Uri url, OutboundLimits limits, string accept, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(limits.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            return await FollowAsync(url, limits, accept, either.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new OutboundException($"{url.Host} did not answer in time", late);
        }
    }

    /// <summary>Sends one request and answers as soon as the headers are there. Redirects are not followed; time and body are for the caller to bound.</summary>
    /// <exception cref="OutboundException">The address is refused or cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        EnsureAllowed(request.RequestUri!);
        try
        {
            return await _http.SendAsync(request, ct);
        }
        catch (HttpRequestException failure)
        {
            throw failure.InnerException as OutboundException ?? new OutboundException($"{request.RequestUri!.Host} cannot be reached: {failure.Message}", failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<OutboundResponse> FollowAsync(Uri url, OutboundLimits limits, string accept, CancellationToken ct)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.ParseAdd("pds");
            request.Headers.Accept.ParseAdd(accept);

            using var response = await SendAsync(request, ct);
            if (response.Headers.Location is { } location && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                if (redirects == limits.MaxRedirects) throw new OutboundException($"{url.Host} redirects, which is not followed any further");
                url = Uri.TryCreate(url, location, out var next) ? next : throw new OutboundException($"{url.Host} redirects to nowhere");
                continue;
            }

            return new OutboundResponse(
                response.StatusCode, response.Content.Headers.ContentType?.MediaType, await ReadAsync(response.Content, url, Math.Min(limits.MaxBytes, _options.MaxResponseSize), ct));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, Uri url, long maxBytes, CancellationToken ct)
    {
        // We never ask for one, so whoever sends it anyway wants us to unpack something.
        if (content.Headers.ContentEncoding.Count > 0) throw new OutboundException($"{url.Host} answered in an encoding that it was not asked for");
        try
        {
            await using var stream = await content.ReadAsStreamAsync(ct);
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, ct) is var count and > 0)
            {
                if (body.Length + count > maxBytes) throw new OutboundException($"{url.Host} answered more than {maxBytes} bytes");
                body.Write(buffer, 0, count);
            }

            return body.ToArray();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new OutboundException($"{url.Host} stopped answering: {failure.Message}", failure);
        }
    }

    private void EnsureAllowed(Uri url)
    {
        if (!url.IsAbsoluteUri || !(url.Scheme == Uri.UriSchemeHttps || (_options.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp)))
            throw new OutboundException("Only https addresses are asked");
        if (url.UserInfo.Length > 0) throw new OutboundException("An address with credentials is not asked");
    }
}
