using System.Text;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfFactorStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork, KeyEncryption encryption) : IFactorStore
{
    public async Task<TotpFactor?> FindTotpAsync(Did did, CancellationToken ct) => await context.Value.Totps.FindAsync([did], ct) is { } row
        ? new TotpFactor(did, TotpSecret.Of(encryption.Open(row.SealedSecret, ContextOf(did))), row.ConfirmedAt, row.LastStep)
        : null;

    public async Task PutTotpAsync(TotpFactor totp, CancellationToken ct)
    {
        unitOfWork.RequireAccount(totp.Did);
        var sealedSecret = encryption.Seal(totp.Secret.Reveal(), ContextOf(totp.Did));
        var row = await context.Value.Totps.FindAsync([totp.Did], ct);
        if (row is null) context.Value.Totps.Add(row = new TotpRow { Did = totp.Did, SealedSecret = sealedSecret });
        (row.SealedSecret, row.ConfirmedAt, row.LastStep) = (sealedSecret, totp.ConfirmedAt, totp.LastStep);
    }

    public async Task RemoveTotpAsync(Did did, CancellationToken ct)
    {
        if (await context.Value.Totps.FindAsync([did], ct) is { } row) context.Value.Totps.Remove(row);
    }

    public Task<int> CountBackupCodesAsync(Did did, CancellationToken ct) => context.Value.BackupCodes.CountAsync(code => code.Did == did, ct);

    public async Task ReplaceBackupCodesAsync(Did did, IReadOnlyCollection<ReadOnlyMemory<byte>> hashes, CancellationToken ct)
    {
        unitOfWork.RequireAccount(did);
        context.Value.BackupCodes.RemoveRange(await context.Value.BackupCodes.Where(code => code.Did == did).ToListAsync(ct));
        context.Value.BackupCodes.AddRange(hashes.Select(hash => new BackupCodeRow { Did = did, Hash = hash.ToArray() }));
    }

    public async Task<bool> TakeBackupCodeAsync(Did did, ReadOnlyMemory<byte> hash, CancellationToken ct)
    {
        if (await context.Value.BackupCodes.FindAsync([did, hash.ToArray()], ct) is not { } row) return false;
        context.Value.BackupCodes.Remove(row);
        return true;
    }

    public async Task<WrongCodes?> FindWrongCodesAsync(Did did, CancellationToken ct) =>
        await context.Value.WrongCodes.FindAsync([did], ct) is { } row ? new WrongCodes(did, row.Count, row.LastAt) : null;

    public async Task PutWrongCodesAsync(WrongCodes wrongCodes, CancellationToken ct)
    {
        unitOfWork.RequireAccount(wrongCodes.Did);
        var row = await context.Value.WrongCodes.FindAsync([wrongCodes.Did], ct);
        if (row is null) context.Value.WrongCodes.Add(row = new WrongCodesRow { Did = wrongCodes.Did });
        (row.Count, row.LastAt) = (wrongCodes.Count, wrongCodes.LastAt);
    }

    public async Task RemoveWrongCodesAsync(Did did, CancellationToken ct)
    {
        if (await context.Value.WrongCodes.FindAsync([did], ct) is { } row) context.Value.WrongCodes.Remove(row);
    }

    /// <summary>Not what an account's signing key is sealed for: the one never opens as the other.</summary>
    private static byte[] ContextOf(Did did) => Encoding.UTF8.GetBytes($"totp {did}");
}
