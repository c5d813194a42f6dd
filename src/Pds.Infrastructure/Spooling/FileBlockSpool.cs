using System.Security.Cryptography;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;
using Pds.Infrastructure.Files;

namespace Pds.Infrastructure.Spooling;

/// <summary>A CAR's blocks in a file that has no name any more, so that the system removes it whatever becomes of this process.</summary>
internal sealed class FileBlockSpool(ImportOptions options) : IBlockSpool
{
    /// <summary>What is left of the disk for everybody else's writes.</summary>
    private const long Reserve = 64L * 1024 * 1024;
    private const long AskEvery = 16L * 1024 * 1024;
    private const int BufferLength = 256 * 1024;

    public async Task<ISpooledCar> ReceiveAsync(Stream car, long limit, CancellationToken ct)
    {
        var file = Open();
        var bounded = new BoundedStream(car, limit);
        try
        {
            var reader = await CarReader.OpenAsync(bounded, ct);
            var index = await WriteAsync(reader, file, ct);
            return new SpooledCar(reader.Header, index, file);
        }
        catch (Exception failure)
        {
            await file.DisposeAsync();
            if (failure is DataModelException) await bounded.CopyToAsync(Stream.Null, ct); // who is still sending does not hear what is wrong
            if (failure is IOException io && DiskFull.Is(io)) throw NoRoom(io);
            throw;
        }
    }

    private async Task<SpoolIndex> WriteAsync(CarReader reader, FileStream file, CancellationToken ct)
    {
        var (index, offset, asked) = (new SpoolIndex(), 0L, 0L);
        var cid = new byte[Cid.ByteLength];
        await foreach (var block in reader.ReadBlocksAsync(ct))
        {
            var length = Cid.ByteLength + block.Bytes.Length;
            if (!index.TryAdd(block.Cid, offset, length)) continue;
            if (index.Count > options.MaxBlocks) throw new DataModelException($"The CAR has more than {options.MaxBlocks} blocks");

            block.Cid.WriteTo(cid);
            file.Write(cid); // into the buffer, mostly
            file.Write(block.Bytes.Span);
            offset += length;
            if (offset - asked < AskEvery) continue;
            RequireRoom();
            asked = offset;
        }

        await file.FlushAsync(ct);
        return index;
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(options.Directory);
        RequireRoom();
        var path = Path.Combine(options.Directory, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var onClose = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferLength, onClose);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }

    /// <exception cref="XrpcException">NotEnoughResources.</exception>
    private void RequireRoom()
    {
        if (new DriveInfo(options.Directory).AvailableFreeSpace < Reserve) throw NoRoom(cause: null);
    }

    private static XrpcException NoRoom(Exception? cause) => XrpcException.NotEnoughResources("The server has no room on its disk for the repo", cause);
}
