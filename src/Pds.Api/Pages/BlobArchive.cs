using System.IO.Compression;
using MediatR;
using Pds.Application.Errors;
using Pds.Application.Sync;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>An account's files as one ZIP, each under its CID, as it goes out: nothing is kept in memory or on disk. They are pictures and films, which compress no more.</summary>
internal static class BlobArchive
{
    private const string ContentType = "application/zip";

    public static async Task WriteAsync(HttpContext http, IMediator mediator, Did did)
    {
        var ct = http.RequestAborted;
        http.Response.ContentType = ContentType;
        if (HttpMethods.IsHead(http.Request.Method)) return;

        await using var archive = await ZipArchive.CreateAsync(http.Response.BodyWriter.AsStream(), ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        string? cursor = null;
        do
        {
            var page = await mediator.Send(new ListBlobs(did, Cursor: cursor), ct);
            foreach (var cid in page.Cids) await AddAsync(archive, mediator, did, cid, ct);
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    /// <summary>One that is not here, or that a moderator has taken down, is left out.</summary>
    private static async Task AddAsync(ZipArchive archive, IMediator mediator, Did did, Cid cid, CancellationToken ct)
    {
        GetBlob.Output blob;
        try
        {
            blob = await mediator.Send(new GetBlob(did, cid), ct);
        }
        catch (XrpcException)
        {
            return;
        }

        await using var content = blob.Content;
        await using var entry = await archive.CreateEntry($"{cid}{ExtensionOf(blob.MimeType)}", CompressionLevel.NoCompression).OpenAsync(ct);
        await content.CopyToAsync(entry, ct);
    }

    /// <summary>For people's file managers; the CID is the name.</summary>
    private static string ExtensionOf(string mimeType) => mimeType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "video/mp4" => ".mp4",
        "text/vtt" => ".vtt",
        _ => "",
    };
}
