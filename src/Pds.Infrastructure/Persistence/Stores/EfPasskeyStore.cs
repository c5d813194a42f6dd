using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfPasskeyStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork) : IPasskeyStore
{
    public async Task<IReadOnlyList<Passkey>> ListAsync(Did did, CancellationToken ct) =>
        [.. (await context.Value.Passkeys.AsNoTracking().Where(passkey => passkey.Did == did).OrderBy(passkey => passkey.CreatedAt).ToListAsync(ct)).Select(Map)];

    public async Task<Passkey?> FindAsync(ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        var bytes = id.ToArray();
        return await context.Value.Passkeys.AsNoTracking().SingleOrDefaultAsync(passkey => passkey.Id == bytes, ct) is { } row ? Map(row) : null;
    }

    public async Task<Did?> FindOwnerAsync(string ownerId, CancellationToken ct) =>
        await context.Value.Passkeys.Where(passkey => passkey.OwnerId == ownerId).Select(passkey => passkey.Did).FirstOrDefaultAsync(ct);

    public void Add(Passkey passkey)
    {
        unitOfWork.RequireAccount(passkey.Did);
        context.Value.Passkeys.Add(new PasskeyRow
        {
            Id = passkey.Id.ToArray(),
            Did = passkey.Did,
            OwnerId = Passkey.OwnerIdOf(passkey.Did),
            PublicKey = passkey.PublicKey.ToArray(),
            Name = passkey.Name,
            Transports = string.Join(' ', passkey.Transports),
            IsBackupEligible = passkey.IsBackupEligible,
            IsBackedUp = passkey.IsBackedUp,
            SignCount = passkey.SignCount,
            CreatedAt = passkey.CreatedAt,
            UsedAt = passkey.UsedAt,
        });
    }

    public async Task UpdateAsync(Passkey passkey, CancellationToken ct)
    {
        if (await context.Value.Passkeys.FindAsync([passkey.Id.ToArray()], ct) is { } row)
            (row.IsBackedUp, row.SignCount, row.UsedAt) = (passkey.IsBackedUp, passkey.SignCount, passkey.UsedAt);
    }

    public async Task RemoveAsync(Did did, ReadOnlyMemory<byte> id, CancellationToken ct)
    {
        if (await context.Value.Passkeys.FindAsync([id.ToArray()], ct) is { } row && row.Did == did) context.Value.Passkeys.Remove(row);
    }

    private static Passkey Map(PasskeyRow row) => new(
        row.Did, row.Id, row.PublicKey, row.Name, row.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.IsBackupEligible, row.IsBackedUp, row.SignCount, row.CreatedAt, row.UsedAt);
}
