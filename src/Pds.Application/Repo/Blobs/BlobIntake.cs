using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Blobs;

/// <summary>Takes in what somebody uploads, in two steps: as it arrives, and once it is whole.</summary>
internal sealed class BlobIntake(IBlobStore store, IBlobIndex index, BlobQuota quota, TimeProvider time)
{
    /// <summary>Takes the bytes, which may take as long as the sender likes. Nothing is kept of them yet.</summary>
    /// <exception cref="XrpcException">Larger than a blob may be, or than there is room for.</exception>
    public Task<IIncomingBlob> ReceiveAsync(Did did, Stream content, CancellationToken ct) => quota.ReceiveAsync(store, did, content, ct);

    /// <summary>Keeps a blob that has arrived; temporary, unless the account has it already or brought records along that mention it. In the account's turn.</summary>
    /// <exception cref="XrpcException">It has been taken down, or there is no room left.</exception>
    public async Task<StoredBlob> KeepAsync(Did did, IIncomingBlob incoming, string contentType, CancellationToken ct)
    {
        var known = await index.FindAsync(did, incoming.Cid, ct);
        if (known?.TakedownRef is not null) throw XrpcException.InvalidRequest("Blob has been takendown, cannot re-upload");
        if (known is null) await quota.EnsureRoomAsync(did, incoming.Size, ct);

        // The file first: a row without its file would be a promise that cannot be kept; a file without its row is only litter.
        await incoming.KeepAsync(ct);
        if (known is { TemporarySince: null }) return known;

        var now = time.GetUtcNow();
        var mimeType = MimeSniffer.Sniff(incoming.Head.Span) ?? MimeSniffer.WithoutParameters(contentType);
        DateTimeOffset? temporarySince = await index.IsMentionedAsync(did, incoming.Cid, ct) ? null : now;
        var blob = new StoredBlob(incoming.Cid, mimeType, incoming.Size, known?.CreatedAt ?? now, temporarySince);
        await index.PutAsync(did, blob, ct);
        return blob;
    }
}
