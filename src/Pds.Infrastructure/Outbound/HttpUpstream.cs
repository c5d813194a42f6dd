using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;

namespace Pds.Infrastructure.Outbound;

/// <summary>Other services over HTTP: those that the operator named wherever they are, all others by the guarded door.</summary>
/// <remarks>Nothing is decompressed, followed or remembered: what arrives is what is passed on.</remarks>
internal sealed class HttpUpstream(ProxyOptions options, SafeHttpClient guarded, TimeProvider time) : IUpstream, IDisposable
{
    private const int MaxHeaderKilobytes = 16;

    private static readonly UriCreationOptions ToTheByte = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpMessageInvoker _trusted = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a changed address is seen
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        EnableMultipleHttp2Connections = true,
    });

    public async Task<UpstreamAnswer> SendAsync(UpstreamCall call, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await SendOnceAsync(call, ct);
            }
            catch (XrpcException unreachable) when (unreachable.Kind == XrpcErrorKind.UpstreamFailure && call.Body is null && call.Verb != "POST" && tries < options.MaxRetries)
            {
                // Nothing was changed by a call that only reads, so it may be made again.
            }
        }
    }

    public void Dispose() => _trusted.Dispose();

    private async Task<UpstreamAnswer> SendOnceAsync(UpstreamCall call, CancellationToken ct)
    {
        var deadline = new Deadline(options.HeadersTimeout, time, ct);
        var body = call.Body is null ? null : new PassedBody(call.Body, deadline, options.HeadersTimeout);
        var request = RequestOf(call, body);
        try
        {
            var response = await (call.IsTrusted ? _trusted.SendAsync(request, deadline.Token) : guarded.SendAsync(request, deadline.Token));
            return AnswerOf(response, request, deadline, options);
        }
        catch (Exception failure) when (failure is HttpRequestException or OutboundException or OperationCanceledException or IOException)
        {
            var isLate = deadline.HasPassed;
            deadline.Dispose();
            request.Dispose();
            if (body?.Fault is { } ours) throw ours; // the caller's body broke off, not the service
            ct.ThrowIfCancellationRequested();
            throw isLate
                ? XrpcException.UpstreamTimeout("Upstream service did not answer in time", failure)
                : XrpcException.UpstreamFailure("Upstream service unreachable", failure);
        }
    }

    private HttpRequestMessage RequestOf(UpstreamCall call, PassedBody? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(call.Verb), new Uri(call.Service.GetLeftPart(UriPartial.Authority) + call.PathAndQuery, ToTheByte))
        {
            Content = body,
            Version = options.AllowHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach (var (name, value) in call.Headers)
        {
            HttpHeaders headers = body is not null && name.StartsWith("content-", StringComparison.Ordinal) ? body.Headers : request.Headers;
            headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static UpstreamAnswer AnswerOf(HttpResponseMessage response, HttpRequestMessage request, Deadline deadline, ProxyOptions options)
    {
        var status = (int)response.StatusCode;
        var length = response.Content.Headers.ContentLength;
        if (status is < 200 or > 599 || (length > options.MaxResponseSize && request.Method != HttpMethod.Head))
        {
            response.Dispose();
            deadline.Dispose();
            throw XrpcException.UpstreamFailure(status is < 200 or > 599 ? "Upstream service answers no HTTP" : "Upstream service answers more than is passed on");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated) headers[name] = values.ToString();
        foreach (var (name, values) in response.Content.Headers.NonValidated) headers[name] = values.ToString();
        return new UpstreamAnswer(status, headers, new UpstreamBody(response, deadline, options));
    }
}
