using System.Buffers;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Car;

/// <summary>What a CAR begins with: its version, which is 1, and the CIDs it is about; of a repo, the commit comes first.</summary>
/// <remarks>https://ipld.io/specs/transport/car/carv1</remarks>
public sealed record CarHeader(IReadOnlyList<Cid> Roots)
{
    /// <summary>The most bytes a header may have; room for a hundred roots.</summary>
    public const int MaxLength = 4096;

    /// <summary>How many bytes a header with one root takes in the file, its length included.</summary>
    public const int LengthOfOneRoot = 59;

    private const int Version = 1;

    /// <summary>The first root.</summary>
    /// <exception cref="DataModelException">There is none.</exception>
    public Cid Root => Roots.Count > 0 ? Roots[0] : throw new DataModelException("The CAR names no root");

    public byte[] Encode()
    {
        var buffer = new ArrayBufferWriter<byte>(LengthOfOneRoot + (Roots.Count * 41));
        var writer = new DagCborWriter(buffer);
        writer.WriteMapHeader(2);
        writer.WriteText("roots"u8);
        writer.WriteArrayHeader(Roots.Count);
        foreach (var root in Roots) writer.WriteLink(root);
        writer.WriteText("version"u8);
        writer.WriteInteger(Version);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="DataModelException">Not the header of a CAR of version 1.</exception>
    public static CarHeader Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new DagCborReader(bytes);
        if (reader.ReadMapHeader() != 2) throw new DataModelException("A CAR header has the fields roots and version");
        reader.ExpectKey("roots"u8);
        var roots = new Cid[reader.ReadArrayHeader()];
        for (var i = 0; i < roots.Length; i++) roots[i] = reader.ReadLink();
        reader.ExpectKey("version"u8);
        if (reader.ReadInteger() != Version) throw new DataModelException("The CAR is not of version 1");
        reader.EnsureEnd();
        return new CarHeader(roots);
    }
}
