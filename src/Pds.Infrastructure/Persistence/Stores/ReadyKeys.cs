using Microsoft.Extensions.Caching.Memory;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Signing keys that are ready for use, at most so many; shared by all requests.</summary>
internal sealed class ReadyKeys : IDisposable
{
    private const int Limit = 5_000;

    private readonly MemoryCache _keys = new(new MemoryCacheOptions { SizeLimit = Limit });
    private readonly Lock _gate = new();
    private int _forgotten;

    /// <summary>The key that is held, or the one that <paramref name="open"/> reads, which is held from then on.</summary>
    public ValueTask<ISigningKey> GetAsync(Did did, Func<Task<ISigningKey>> open) =>
        _keys.TryGetValue(did, out ISigningKey? key) ? ValueTask.FromResult(key!) : new ValueTask<ISigningKey>(OpenAsync(did, open));

    /// <summary>The stored key is another one from now on.</summary>
    public void Forget(Did did)
    {
        lock (_gate)
        {
            _forgotten++;
            _keys.Remove(did);
        }
    }

    public void Dispose() => _keys.Dispose();

    /// <summary>A key that was read while another was forgotten may be the one from before, and holding it would bring it back: it is used this once.</summary>
    private async Task<ISigningKey> OpenAsync(Did did, Func<Task<ISigningKey>> open)
    {
        var before = Volatile.Read(ref _forgotten);
        var key = await open();
        lock (_gate)
        {
            if (_forgotten == before) _keys.Set(did, key, new MemoryCacheEntryOptions { Size = 1 });
        }

        return key;
    }
}
