using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>The accounts' keys: sealed in the database, opened once and then held ready, as opening and importing cost more than signing.</summary>
internal sealed class EfKeyring(LazyPdsDbContext context, KeyEncryption encryption, IKeyFactory keys, ReadyKeys ready) : IKeyring
{
    public async ValueTask<ISigningKey> GetAsync(Did did, CancellationToken ct) =>
        ready.Find(did) ?? ready.Hold(did, await OpenAsync(did, ct));

    public void Add(Did did, PrivateKey key) => context.Value.AccountKeys.Add(new AccountKeyRow
    {
        Did = did,
        Curve = key.Curve,
        SealedKey = encryption.Seal(key.Reveal(), ContextOf(did)),
    });

    private async Task<ISigningKey> OpenAsync(Did did, CancellationToken ct)
    {
        var row = await context.Value.AccountKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Did == did, ct)
            ?? throw new KeyNotFoundException($"No signing key for {did}");
        return keys.Import(PrivateKey.Of(row.Curve, encryption.Open(row.SealedKey, ContextOf(did))));
    }

    private static byte[] ContextOf(Did did) => Encoding.UTF8.GetBytes(did.Value);
}

/// <summary>Signing keys that are ready for use, at most so many; shared by all requests.</summary>
internal sealed class ReadyKeys : IDisposable
{
    private const int Limit = 5_000;

    private readonly MemoryCache _keys = new(new MemoryCacheOptions { SizeLimit = Limit });

    public ISigningKey? Find(Did did) => _keys.TryGetValue(did, out ISigningKey? key) ? key : null;

    public ISigningKey Hold(Did did, ISigningKey key) => _keys.Set(did, key, new MemoryCacheEntryOptions { Size = 1 });

    public void Forget(Did did) => _keys.Remove(did);

    public void Dispose() => _keys.Dispose();
}
