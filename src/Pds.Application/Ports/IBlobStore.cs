using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The bytes of blobs, by account and CID. Whether a blob is public is <see cref="IBlobIndex"/>'s to say.</summary>
public interface IBlobStore
{
    /// <summary>Takes a blob in as it arrives, hashing on the way; nothing is kept until <see cref="IIncomingBlob.KeepAsync"/>.</summary>
    /// <exception cref="Errors.XrpcException">More than <paramref name="limit"/> bytes arrived.</exception>
    Task<IIncomingBlob> ReceiveAsync(Did did, Stream content, long limit, CancellationToken ct);

    /// <summary>The blob's bytes from the start, or null where there is none.</summary>
    Task<Stream?> OpenAsync(Did did, Cid cid, CancellationToken ct);

    /// <summary>Every blob that has been here since before a moment, in no particular order.</summary>
    IAsyncEnumerable<(Did Did, Cid Cid)> ListAsync(DateTimeOffset before, CancellationToken ct);

    /// <summary>Removes the blob; one that is not there is no error.</summary>
    Task DeleteAsync(Did did, Cid cid, CancellationToken ct);

    /// <summary>Removes every blob of an account, and whatever tells that it had any. Call it in the account's turn.</summary>
    Task DeleteAllAsync(Did did, CancellationToken ct);
}

/// <summary>A blob that has arrived whole. Disposing it without <see cref="KeepAsync"/> leaves no trace.</summary>
public interface IIncomingBlob : IAsyncDisposable
{
    Cid Cid { get; }

    long Size { get; }

    /// <summary>The first bytes, up to 4 KiB: enough to tell what it is.</summary>
    ReadOnlyMemory<byte> Head { get; }

    /// <summary>Puts the blob where <see cref="IBlobStore.OpenAsync"/> finds it, durably.</summary>
    Task KeepAsync(CancellationToken ct);
}
