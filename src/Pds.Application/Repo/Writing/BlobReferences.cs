using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>Blobs from the side of the records that mention them.</summary>
internal sealed class BlobReferences(IBlobIndex index, IBlobStore store)
{
    /// <summary>Every blob that the writes mention has been uploaded, and is what the record says it is.</summary>
    /// <exception cref="XrpcException">BlobNotFound, InvalidMimeType, InvalidSize.</exception>
    public async Task CheckAsync(Did did, IReadOnlyList<PreparedWrite> writes, CancellationToken ct)
    {
        foreach (var write in writes)
        {
            foreach (var (blob, _) in write.Blobs)
            {
                var stored = await index.FindAsync(did, blob.Ref, ct);
                if (stored is not { TakedownRef: null }) throw XrpcException.BlobNotFound(blob.Ref);
                Compare(blob, stored);
            }
        }
    }

    /// <summary>Deletes the bytes of blobs that nothing mentions any more.</summary>
    public async Task DeleteAsync(Did did, IReadOnlyList<Cid> orphans, CancellationToken ct)
    {
        foreach (var orphan in orphans) await store.DeleteAsync(did, orphan, ct);
    }

    private static void Compare(BlobRef blob, StoredBlob stored)
    {
        if (blob.MimeType != stored.MimeType)
            throw XrpcException.InvalidMimeType($"Referenced Mimetype does not match stored blob. Expected: {stored.MimeType}, Got: {blob.MimeType}");
        if (blob.Size != stored.Size)
            throw XrpcException.InvalidSize($"Referenced Size does not match stored blob. Expected: {stored.Size}, Got: {blob.Size}");
    }
}
