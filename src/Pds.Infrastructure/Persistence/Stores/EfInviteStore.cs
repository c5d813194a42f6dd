using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Infrastructure.Persistence.Rows;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfInviteStore(LazyPdsDbContext context) : IInviteStore
{
    public async Task<InviteCode?> FindAsync(string code, CancellationToken ct) =>
        await context.Value.InviteCodes.FindAsync([code], ct) is { } row
            ? new InviteCode(row.Code, row.AvailableUses, row.Disabled, row.ForAccount, row.CreatedBy, row.CreatedAt)
            : null;

    public Task<int> CountUsesAsync(string code, CancellationToken ct) => context.Value.InviteCodeUses.CountAsync(use => use.Code == code, ct);

    public void Add(InviteCode code) => context.Value.InviteCodes.Add(new InviteCodeRow
    {
        Code = code.Code,
        AvailableUses = code.AvailableUses,
        Disabled = code.Disabled,
        ForAccount = code.ForAccount,
        CreatedBy = code.CreatedBy,
        CreatedAt = code.CreatedAt,
    });

    public void AddUse(string code, InviteCodeUse use) =>
        context.Value.InviteCodeUses.Add(new InviteCodeUseRow { Code = code, UsedBy = use.UsedBy, UsedAt = use.UsedAt });
}
