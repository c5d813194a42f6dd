using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>Remembers the parsed form of the keys that were used of late, also of those that cannot be parsed (null).</summary>
/// <remarks>
/// Two generations of half the capacity. When the young one is full it becomes the old one and the old one is forgotten: no clock and no list
/// to maintain, never more than the capacity, and a key in use survives because its next use makes it young again.
/// </remarks>
internal sealed class VerifyingKeyCache(int capacity, Func<DidKey, IVerifyingKey?> parse)
{
    private readonly Lock _gate = new();
    private Dictionary<DidKey, IVerifyingKey?> _young = [];
    private Dictionary<DidKey, IVerifyingKey?> _old = [];

    public int Count
    {
        get
        {
            lock (_gate) return _young.Count + _old.Count;
        }
    }

    public IVerifyingKey? Get(DidKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var young)) return young;
            if (_old.Remove(key, out var old)) return Remember(key, old);
        }

        var parsed = parse(key); // outside the lock: it takes a while, and doing it twice does no harm
        lock (_gate) return Remember(key, parsed);
    }

    private IVerifyingKey? Remember(DidKey key, IVerifyingKey? parsed)
    {
        if (_young.Count >= capacity / 2) (_old, _young) = (_young, []);
        return _young[key] = parsed;
    }
}
