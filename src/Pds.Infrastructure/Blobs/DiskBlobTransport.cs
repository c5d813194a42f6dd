using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Blobs;

/// <summary>Files of this machine into the disk store: copied, linked or moved, and looked at first.</summary>
internal sealed partial class DiskBlobTransport(DiskBlobStore store) : IBlobTransport
{
    private const int BufferLength = 128 * 1024;

    public async Task<BlobFinding> CheckAsync(string file, Cid expected, CancellationToken ct)
    {
        if (!File.Exists(file)) return new BlobFinding(BlobState.Missing);
        await using var content = Open(file);
        var (size, digest) = (content.Length, await SHA256.HashDataAsync(content, ct));
        return Cid.OfDigest(CidCodec.Raw, digest) == expected ? new BlobFinding(BlobState.Good, size) : new BlobFinding(BlobState.Damaged);
    }

    public async Task<BlobFinding> BringAsync(Did did, Cid cid, string file, BlobTransfer transfer, CancellationToken ct)
    {
        var target = store.PathOf(did, cid);
        if (File.Exists(target) && await CheckAsync(target, cid, ct) is { State: BlobState.Good } here)
        {
            // The same folder under both servers, or an earlier run's work.
            if (transfer == BlobTransfer.Move && !IsSame(file, target)) File.Delete(file);
            return here;
        }

        if (transfer == BlobTransfer.Copy) return await CopyAsync(did, cid, file, ct);

        var found = await CheckAsync(file, cid, ct);
        if (found.State != BlobState.Good) return found;
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        File.Delete(target); // damaged, or it would have been good above
        if (transfer == BlobTransfer.Link) Link(file, target);
        else File.Move(file, target);
        DirectorySync.Flush(folder);
        return found;
    }

    private async Task<BlobFinding> CopyAsync(Did did, Cid cid, string file, CancellationToken ct)
    {
        if (!File.Exists(file)) return new BlobFinding(BlobState.Missing);
        await using var content = Open(file);
        await using var arrived = await store.ReceiveAsync(did, content, long.MaxValue, ct);
        if (arrived.Cid != cid) return new BlobFinding(BlobState.Damaged);
        await arrived.KeepAsync(ct);
        return new BlobFinding(BlobState.Good, arrived.Size);
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static bool IsSame(string file, string target) => Path.GetFullPath(file) == Path.GetFullPath(target);

    private static void Link(string file, string target)
    {
        if (OperatingSystem.IsWindows()) throw new IOException("Links are not made on Windows: copy or move the blobs");
        if (MakeLink(file, target) != 0)
            throw new IOException($"Cannot link {target} to {file} (error {Marshal.GetLastPInvokeError()}): both must be on one file system. Copy or move the blobs.");
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeLink(string file, string target);
}
