using System.Text;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfReservedKeyStore(
    LazyPdsDbContext context, EfUnitOfWork unitOfWork, ReadConnections reads, KeyEncryption encryption, TimeProvider time) : IReservedKeyStore
{
    private const string IsUnclaimed = "(did IS NULL OR did NOT IN (SELECT did FROM account))";

    private long Oldest => (time.GetUtcNow() - IReservedKeyStore.UnclaimedLifetime).ToUnixTimeMilliseconds();

    public Task<DidKey?> FindAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        var publicKey = (string?)read.Sql.Scalar(
            $"SELECT public_key FROM account_reserved_key WHERE did = @0 AND NOT (reserved_at < @1 AND {IsUnclaimed})", did.Value, Oldest);
        return Task.FromResult(publicKey is null ? null : DidKey.Parse(publicKey));
    }

    public async Task<PrivateKey?> OpenAsync(Did did, DidKey publicKey, CancellationToken ct)
    {
        var row = await context.Value.ReservedKeys.AsNoTracking().SingleOrDefaultAsync(key => key.PublicKey == publicKey && (key.Did == did || key.Did == null), ct);
        return row is null ? null : PrivateKey.Of(publicKey.Curve, encryption.Open(row.SealedKey, ContextOf(publicKey)));
    }

    public Task<int> CountUnclaimedAsync(CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult((int)(long)read.Sql.Scalar($"SELECT count(*) FROM account_reserved_key WHERE reserved_at >= @0 AND {IsUnclaimed}", Oldest)!);
    }

    public void Add(DidKey publicKey, PrivateKey key, Did? did)
    {
        var (oldest, now) = (Oldest, time.GetUtcNow().ToUnixTimeMilliseconds());
        var sealedKey = encryption.Seal(key.Reveal(), ContextOf(publicKey));
        unitOfWork.Buffer(sql =>
        {
            sql.Execute($"DELETE FROM account_reserved_key WHERE reserved_at < @0 AND {IsUnclaimed}", oldest); // before the DID gets another one
            sql.Execute(
                "INSERT INTO account_reserved_key (public_key, did, sealed_key, reserved_at) VALUES (@0, @1, @2, @3) ON CONFLICT (public_key) DO NOTHING",
                publicKey.ToString(), did?.Value, sealedKey, now);
        });
    }

    public void Remove(DidKey publicKey) =>
        unitOfWork.Buffer(sql => sql.Execute("DELETE FROM account_reserved_key WHERE public_key = @0", publicKey.ToString()));

    private static byte[] ContextOf(DidKey publicKey) => Encoding.UTF8.GetBytes(publicKey.ToString());
}
