using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Blobs;

/// <summary>How much an account may still upload: the largest blob that the server takes, and its quota where the operator has set one.</summary>
/// <remarks>What is still arriving is not counted. Ask again in the account's turn, in which uploads are saved.</remarks>
internal sealed class BlobQuota(IBlobIndex index, StorageOptions storage)
{
    /// <summary>Takes a blob in, but not more of it than there is room for.</summary>
    /// <exception cref="XrpcException">PayloadTooLarge, StorageQuotaExceeded.</exception>
    public async Task<IIncomingBlob> ReceiveAsync(IBlobStore store, Did did, Stream content, CancellationToken ct)
    {
        if (storage.AccountQuota is not { } quota) return await store.ReceiveAsync(did, content, storage.BlobUploadLimit, ct);

        var used = await index.SumSizesAsync(did, ct);
        if (used >= quota) throw XrpcException.StorageQuotaExceeded(quota, used);
        try
        {
            return await store.ReceiveAsync(did, content, Math.Min(storage.BlobUploadLimit, quota - used), ct);
        }
        catch (XrpcException refusal) when (refusal.Kind == XrpcErrorKind.PayloadTooLarge && quota - used < storage.BlobUploadLimit)
        {
            throw XrpcException.StorageQuotaExceeded(quota, used);
        }
    }

    /// <summary>Whether there is room for one more blob of that size, with those that were saved meanwhile.</summary>
    /// <exception cref="XrpcException">StorageQuotaExceeded.</exception>
    public async Task EnsureRoomAsync(Did did, long size, CancellationToken ct)
    {
        if (storage.AccountQuota is not { } quota) return;
        var used = await index.SumSizesAsync(did, ct);
        if (used + size > quota) throw XrpcException.StorageQuotaExceeded(quota, used);
    }
}
