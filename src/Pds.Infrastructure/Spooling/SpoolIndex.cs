using System.Buffers.Binary;
using System.Security.Cryptography;
using Pds.Domain.Data;

namespace Pds.Infrastructure.Spooling;

/// <summary>Where in a spool each block lies: sixteen bytes a block and no objects, so that millions fit into memory.</summary>
/// <remarks>
/// A block is known by eight bytes of its hash. Whoever has two blocks made that share those loses one of them, and the import that
/// he meant them for; a reader compares the whole CID. Where a block goes in the table depends on a random number, so nobody can choose blocks that collide there.
/// </remarks>
internal sealed class SpoolIndex
{
    private const int LengthBits = 22;
    private const ulong LengthMask = (1UL << LengthBits) - 1;
    private const int InitialSlots = 1 << 12;

    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private ulong[] _keys = new ulong[InitialSlots];
    private ulong[] _places = new ulong[InitialSlots]; // 0 is an empty slot: no block has a length of 0

    public int Count { get; private set; }

    /// <summary>Adds a block; false where it is there already.</summary>
    /// <param name="cid">Its name.</param>
    /// <param name="offset">Where it begins: below 4 TiB.</param>
    /// <param name="length">How long it is there: from 1 to 4 MiB.</param>
    public bool TryAdd(Cid cid, long offset, int length)
    {
        if (Count >= _keys.Length / 4 * 3) Grow();
        var key = KeyOf(cid);
        var slot = Find(key);
        if (_places[slot] != 0) return false;
        (_keys[slot], _places[slot]) = (key, ((ulong)offset << LengthBits) | (uint)length);
        Count++;
        return true;
    }

    public bool TryFind(Cid cid, out long offset, out int length)
    {
        var place = _places[Find(KeyOf(cid))];
        (offset, length) = ((long)(place >> LengthBits), (int)(place & LengthMask));
        return place != 0;
    }

    private static ulong KeyOf(Cid cid)
    {
        Span<byte> bytes = stackalloc byte[Cid.ByteLength];
        cid.WriteTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) ^ (byte)cid.Codec; // the same bytes have two names
    }

    /// <summary>The slot of the key, or the empty one where it would be.</summary>
    private int Find(ulong key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((key * _seed) >> 32) & mask;
        while (_places[slot] != 0 && _keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (keys, places) = (_keys, _places);
        (_keys, _places) = (new ulong[keys.Length * 2], new ulong[keys.Length * 2]);
        for (var i = 0; i < keys.Length; i++)
        {
            if (places[i] == 0) continue;
            var slot = Find(keys[i]);
            (_keys[slot], _places[slot]) = (keys[i], places[i]);
        }
    }
}
