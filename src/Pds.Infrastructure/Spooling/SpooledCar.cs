using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;

namespace Pds.Infrastructure.Spooling;

/// <summary>The file and its index. A block lies there behind its CID.</summary>
internal sealed class SpooledCar(CarHeader header, SpoolIndex index, FileStream file) : ISpooledCar
{
    public CarHeader Header => header;

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        block = default;
        if (!index.TryFind(cid, out var offset, out var length)) return false;
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), offset + read);
            read += more > 0 ? more : throw new EndOfStreamException();
        }

        if (!Cid.TryFromBytes(bytes.AsSpan(0, Cid.ByteLength), out var found) || found != cid) return false;
        block = bytes.AsMemory(Cid.ByteLength);
        return true;
    }

    public void Dispose() => file.Dispose();
}
