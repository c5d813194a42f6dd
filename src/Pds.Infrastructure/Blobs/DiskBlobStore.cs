using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Files;

namespace Pds.Infrastructure.Blobs;

/// <summary>Blobs as files, a folder for each account: <c>blobs/did:plc:…/bafkrei…</c>. What is arriving is elsewhere until it is whole.</summary>
internal sealed class DiskBlobStore(StorageOptions storage) : IBlobStore
{
    private const int HeadLength = 4096;
    private const int BufferLength = 64 * 1024;

    public async Task<IIncomingBlob> ReceiveAsync(Did did, Stream content, long limit, CancellationToken ct)
    {
        Directory.CreateDirectory(storage.BlobTemporaryDirectory);
        var path = Path.Combine(storage.BlobTemporaryDirectory, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        try
        {
            var (cid, size, head) = await CopyAsync(content, path, limit, ct);
            return new IncomingFile(path, PathOf(did, cid), cid, size, head);
        }
        catch (Exception failure)
        {
            File.Delete(path);
            if (failure is IOException io && DiskFull.Is(io)) throw XrpcException.NotEnoughResources("The server cannot write to its disk", io);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(Did did, Cid cid, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(did, cid), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public async IAsyncEnumerable<(Did Did, Cid Cid)> ListAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!Directory.Exists(storage.BlobDirectory)) yield break;
        foreach (var file in new DirectoryInfo(storage.BlobDirectory).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            var isBlob = Cid.TryParse(file.Name, out var cid) & Did.TryParse(Uri.UnescapeDataString(file.Directory!.Name), out var did);
            if (isBlob && file.LastWriteTimeUtc < before.UtcDateTime) yield return (did!, cid);
            await Task.Yield(); // a large store is gone through beside other work, not instead of it
        }
    }

    public Task DeleteAsync(Did did, Cid cid, CancellationToken ct)
    {
        var path = PathOf(did, cid);
        if (File.Exists(path)) File.Delete(path);
        return Task.CompletedTask;
    }

    public async Task DeleteAllAsync(Did did, CancellationToken ct)
    {
        var folder = new DirectoryInfo(FolderOf(did));
        if (!folder.Exists) return;
        foreach (var file in folder.EnumerateFiles())
        {
            ct.ThrowIfCancellationRequested();
            file.Delete();
            await Task.Yield(); // beside other work, not instead of it
        }

        folder.Delete();
    }

    /// <summary>Where a blob is, or would be.</summary>
    internal string PathOf(Did did, Cid cid) => Path.Combine(FolderOf(did), cid.ToString());

    /// <summary>A DID may contain what a file name may not: everything but letters, digits, dots, dashes and colons is written as its code.</summary>
    private string FolderOf(Did did) => Path.Combine(storage.BlobDirectory, Uri.EscapeDataString(did.Value).Replace("%3A", ":", StringComparison.Ordinal));

    private static async Task<(Cid Cid, long Size, byte[] Head)> CopyAsync(Stream content, string path, long limit, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var (size, head) = (0L, Array.Empty<byte>());
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                size += read;
                if (size > limit) throw XrpcException.PayloadTooLarge("request entity too large");
                if (head.Length < HeadLength) head = [.. head, .. buffer.AsSpan(0, Math.Min(read, HeadLength - head.Length))];
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            file.Flush(flushToDisk: true);
            return (Cid.OfDigest(CidCodec.Raw, hash.GetHashAndReset()), size, head);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed class IncomingFile(string temporary, string final, Cid cid, long size, byte[] head) : IIncomingBlob
    {
        public Cid Cid => cid;

        public long Size => size;

        public ReadOnlyMemory<byte> Head => head;

        public Task KeepAsync(CancellationToken ct)
        {
            var folder = Path.GetDirectoryName(final)!;
            var isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            File.Move(temporary, final, overwrite: true); // on one file system: all or nothing
            DirectorySync.Flush(folder);
            if (isNew) DirectorySync.Flush(Path.GetDirectoryName(folder)!);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(temporary);
            return ValueTask.CompletedTask;
        }
    }
}
