using System.Buffers;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Car;

/// <summary>Writes a CAR: the header once, then any number of blocks.</summary>
/// <remarks>https://ipld.io/specs/transport/car/carv1. Buffering and flushing are the caller's.</remarks>
public static class CarWriter
{
    public static void WriteHeader(IBufferWriter<byte> output, Cid root)
    {
        var header = new CarHeader([root]).Encode();
        Varint.Write(output, (ulong)header.Length);
        output.Write(header);
    }

    public static void WriteBlock(IBufferWriter<byte> output, Cid cid, ReadOnlySpan<byte> block)
    {
        Varint.Write(output, (ulong)(Cid.ByteLength + block.Length));
        cid.WriteTo(output.GetSpan(Cid.ByteLength));
        output.Advance(Cid.ByteLength);
        output.Write(block);
    }

    /// <summary>How many bytes a block takes in the file.</summary>
    public static int BlockLength(Block block)
    {
        var section = Cid.ByteLength + block.Bytes.Length;
        return Varint.Length((ulong)section) + section;
    }
}
