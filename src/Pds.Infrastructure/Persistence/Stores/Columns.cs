using System.Data.Common;
using System.Runtime.InteropServices;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>The protocol's values as prepared statements take and give them; the model's converters say the same to EF.</summary>
internal static class Columns
{
    public static Cid GetCid(this DbDataReader row, int column) => Cid.FromBytes(row.GetFieldValue<byte[]>(column));

    public static Tid GetTid(this DbDataReader row, int column) => new((ulong)row.GetInt64(column));

    public static long ToColumn(this Tid tid) => (long)tid.Bits;

    /// <summary>The bytes as an array, without a copy where they are a whole one already.</summary>
    public static byte[] ToColumn(this ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();

    /// <summary>Bytes that may be absent. By itself null becomes no bytes, which is something else.</summary>
    public static ReadOnlyMemory<byte>? ToMemory(this byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;
}
