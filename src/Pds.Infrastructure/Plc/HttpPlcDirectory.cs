using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;

namespace Pds.Infrastructure.Plc;

/// <summary>A directory over HTTP, such as https://plc.directory. The operator chose it, so it may be anywhere.</summary>
internal sealed class HttpPlcDirectory : IPlcDirectory, IDisposable
{
    /// <summary>Of an answer: hundreds of the largest operations.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly Uri _directory;
    private readonly IdentityCache _cache;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a changed address is seen
    })
    {
        MaxResponseContentBufferSize = MaxBytes,
    };

    public HttpPlcDirectory(Uri directory, IdentityLookupOptions options, IdentityCache cache)
    {
        (_directory, _cache) = (directory, cache);
        _http.Timeout = options.Timeout * 3; // a submission may wait for the directory's own database
    }

    public async Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(operation.ToJson()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await SendAsync(HttpMethod.Post, did, "", content, ct);
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, ct);
            if (response.Content.Headers.ContentType?.MediaType == MediaTypeNames.Text.Html) // a page of some gateway's: nothing was published
                throw XrpcException.UpstreamFailure("The PLC directory answered nonsense: a page");
        }
        finally
        {
            _cache.Documents.Forget(did); // whether it was taken is not always known
        }
    }

    public async Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct)
    {
        if (await GetAsync(did, "", ct) is not { } json) return null;
        try
        {
            var document = DidDocument.Parse(json);
            return document.Id == did ? document : throw new FormatException("The document is another DID's");
        }
        catch (FormatException invalid)
        {
            throw XrpcException.UpstreamFailure($"The PLC directory answered nonsense: {invalid.Message}", invalid);
        }
    }

    public async Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct)
    {
        if (await GetAsync(did, "/log/audit", ct) is not { } json) return null;
        try
        {
            return DagJson.Parse(json) is LexArray audit
                ? new PlcLog(did, [.. audit.Items.Select(PlcLogEntry.FromLex)])
                : throw new PlcException("Not an audit log");
        }
        catch (Exception invalid) when (invalid is DataModelException or PlcException)
        {
            throw XrpcException.UpstreamFailure($"The PLC directory answered nonsense: {invalid.Message}", invalid);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]?> GetAsync(Did did, string path, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Get, did, path, content: null, ct);
        if (response.IsSuccessStatusCode) return await response.Content.ReadAsByteArrayAsync(ct);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
        throw XrpcException.UpstreamFailure($"The PLC directory answered with status {(int)response.StatusCode}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Did did, string path, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, $"{_directory.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(did.Value)}{path}");
        request.Content = content;
        try
        {
            return await _http.SendAsync(request, ct); // with the whole body, within its bound
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw XrpcException.UpstreamFailure("The PLC directory cannot be reached", failure);
        }
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if ((int)response.StatusCode >= 500) return XrpcException.UpstreamFailure($"The PLC directory answered with status {(int)response.StatusCode}");
        return new PlcException(MessageIn(await response.Content.ReadAsByteArrayAsync(ct)) ?? $"The PLC directory refused the operation with status {(int)response.StatusCode}");
    }

    private static string? MessageIn(byte[] body)
    {
        try
        {
            return (DagJson.Parse(body) as LexObject)?.Text("message");
        }
        catch (DataModelException)
        {
            return null;
        }
    }
}
