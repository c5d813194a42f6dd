using System.Security.Cryptography;
using System.Text;

namespace Pds.Application.Accounts;

/// <summary>Remembers what was used and may not be again, until it could not be used anyway. In memory, bounded; a restart forgets it.</summary>
/// <param name="capacity">How much is remembered. Beyond that nothing new is taken until some has run out.</param>
public sealed class UsedOnce(TimeProvider time, int capacity)
{
    private readonly Lock _gate = new();
    private readonly HashSet<UInt128> _used = [];
    private readonly PriorityQueue<UInt128, DateTimeOffset> _ends = new();

    /// <summary>Uses a thing up.</summary>
    /// <param name="id">What it is; its hash is kept.</param>
    /// <param name="until">When it runs out by itself.</param>
    public Use Use(string id, DateTimeOffset until)
    {
        var (key, now) = (KeyOf(id), time.GetUtcNow());
        lock (_gate)
        {
            while (_ends.TryPeek(out var ended, out var end) && end < now)
            {
                _ends.Dequeue();
                _used.Remove(ended);
            }

            if (_used.Contains(key)) return Accounts.Use.Again;
            if (_used.Count >= capacity) return Accounts.Use.Full;
            _used.Add(key);
            _ends.Enqueue(key, until);
            return Accounts.Use.First;
        }
    }

    private static UInt128 KeyOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

/// <summary>How something came to be used.</summary>
public enum Use
{
    /// <summary>It was not used before.</summary>
    First,

    /// <summary>It was.</summary>
    Again,

    /// <summary>Nobody can say: too much is remembered.</summary>
    Full,
}
