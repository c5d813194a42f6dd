using System.Text;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>The accounts' keys: sealed in the database, opened once and then held ready, as opening and importing cost more than signing.</summary>
internal sealed class EfKeyring(LazyPdsDbContext context, IUnitOfWork unitOfWork, KeyEncryption encryption, IKeyFactory keys, ReadyKeys ready) : IKeyring
{
    public ValueTask<ISigningKey> GetAsync(Did did, CancellationToken ct) => ready.GetAsync(did, () => OpenAsync(did, ct));

    public void Add(Did did, PrivateKey key) => context.Value.AccountKeys.Add(new AccountKeyRow
    {
        Did = did,
        Curve = key.Curve,
        SealedKey = Seal(did, key),
    });

    public async Task ReplaceAsync(Did did, PrivateKey key, CancellationToken ct)
    {
        var row = await context.Value.AccountKeys.SingleOrDefaultAsync(stored => stored.Did == did, ct) ?? throw new KeyNotFoundException($"No signing key for {did}");
        (row.Curve, row.SealedKey) = (key.Curve, Seal(did, key));
        unitOfWork.AfterSave(_ =>
        {
            ready.Forget(did);
            return Task.CompletedTask;
        });
    }

    private async Task<ISigningKey> OpenAsync(Did did, CancellationToken ct)
    {
        var row = await context.Value.AccountKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Did == did, ct)
            ?? throw new KeyNotFoundException($"No signing key for {did}");
        return keys.Import(PrivateKey.Of(row.Curve, encryption.Open(row.SealedKey, ContextOf(did))));
    }

    private byte[] Seal(Did did, PrivateKey key) => encryption.Seal(key.Reveal(), ContextOf(did));

    private static byte[] ContextOf(Did did) => Encoding.UTF8.GetBytes(did.Value);
}
