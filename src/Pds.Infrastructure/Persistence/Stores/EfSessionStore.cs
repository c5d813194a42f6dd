using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfSessionStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork) : ISessionStore
{
    public async Task<RefreshToken?> FindAsync(string id, CancellationToken ct) =>
        await context.Value.Sessions.FindAsync([id], ct) is { } row ? new RefreshToken(row.Id, row.Did, row.ExpiresAt, row.NextId, row.AppPasswordId) : null;

    public async Task<IReadOnlyList<RefreshToken>> ListAsync(Did did, CancellationToken ct) => await context.Value.Sessions.AsNoTracking()
        .Where(row => row.Did == did).Select(row => new RefreshToken(row.Id, row.Did, row.ExpiresAt, row.NextId, row.AppPasswordId)).ToListAsync(ct);

    public void Add(RefreshToken token)
    {
        unitOfWork.RequireAccount(token.Did);
        context.Value.Sessions.Add(new SessionRow
        {
            Id = token.Id,
            Did = token.Did,
            ExpiresAt = token.ExpiresAt,
            NextId = token.NextId,
            AppPasswordId = token.AppPasswordId,
        });
    }

    public async Task UpdateAsync(RefreshToken token, CancellationToken ct)
    {
        var row = await context.Value.Sessions.FindAsync([token.Id], ct) ?? throw new KeyNotFoundException("No such refresh token");
        (row.ExpiresAt, row.NextId) = (token.ExpiresAt, token.NextId);
    }

    public async Task RemoveChainAsync(string id, CancellationToken ct)
    {
        var remove = new Queue<string>([id]);
        while (remove.TryDequeue(out var next))
        {
            var rows = await context.Value.Sessions.Where(session => session.Id == next || session.NextId == next).ToListAsync(ct);
            foreach (var row in rows.Where(row => context.Value.Entry(row).State != EntityState.Deleted))
            {
                context.Value.Sessions.Remove(row);
                if (row.Id != next) remove.Enqueue(row.Id);
                if (row.NextId is { } successor && successor != next) remove.Enqueue(successor);
            }
        }
    }

    public Task RemoveAllAsync(Did did, CancellationToken ct) => RemoveAsync(session => session.Did == did, ct);

    public Task RemoveAllAsync(Did did, string appPasswordId, CancellationToken ct) =>
        RemoveAsync(session => session.Did == did && session.AppPasswordId == appPasswordId, ct);

    public Task RemoveExpiredAsync(Did did, DateTimeOffset moment, CancellationToken ct) =>
        RemoveAsync(session => session.Did == did && session.ExpiresAt <= moment, ct);

    private async Task RemoveAsync(Expression<Func<SessionRow, bool>> which, CancellationToken ct) =>
        context.Value.Sessions.RemoveRange(await context.Value.Sessions.Where(which).ToListAsync(ct));
}
