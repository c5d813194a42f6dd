using Microsoft.Net.Http.Headers;
using Pds.Application.Sync;

namespace Pds.Api.Xrpc;

/// <summary>Sends a user's file so that no browser takes it for a page of this server: as a download, unsniffed, in a sandbox.</summary>
internal static class BlobAnswer
{
    private const string Unknown = "application/octet-stream";

    public static async Task WriteAsync(HttpContext http, GetBlob.Output blob)
    {
        await using var content = blob.Content;
        http.Response.ContentType = MediaTypeHeaderValue.TryParse(blob.MimeType, out var type) && !type.MatchesAllTypes ? blob.MimeType : Unknown;
        http.Response.ContentLength = blob.Size;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{blob.Cid}\"";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        if (!HttpMethods.IsHead(http.Request.Method)) await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
