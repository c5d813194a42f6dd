using Pds.Application.Options;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Where the images are seen that records mention: at the AppView's, or as they were uploaded here.</summary>
internal sealed class ImageUrls(AppViewOptions appView, ServiceOptions service)
{
    /// <param name="use">What it is shown as: <c>avatar</c>, <c>banner</c>, <c>feed_thumbnail</c>, <c>feed_fullsize</c>.</param>
    /// <param name="owner">Whose record it is.</param>
    /// <param name="blob">The field that mentions it; whatever is none gets no address.</param>
    public string? Of(string use, Did owner, LexValue? blob)
    {
        if (blob is null || !BlobRef.TryRead(blob, out var image)) return null;
        return appView.Images?.Of(use, owner, image.Ref) ?? $"{service.PublicUrl}/xrpc/com.atproto.sync.getBlob?did={owner}&cid={image.Ref}";
    }
}
