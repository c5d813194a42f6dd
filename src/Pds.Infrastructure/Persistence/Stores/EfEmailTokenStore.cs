using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfEmailTokenStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork) : IEmailTokenStore
{
    public async Task PutAsync(EmailToken token, CancellationToken ct)
    {
        unitOfWork.RequireAccount(token.Did);
        var row = await context.Value.EmailTokens.FindAsync([token.Did, token.Purpose], ct);
        if (row is null) context.Value.EmailTokens.Add(new EmailTokenRow { Did = token.Did, Purpose = token.Purpose, Hash = token.Hash.ToArray(), RequestedAt = token.RequestedAt });
        else (row.Hash, row.RequestedAt) = (token.Hash.ToArray(), token.RequestedAt);
    }

    public async Task<EmailToken?> FindAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct) =>
        Map(await context.Value.EmailTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Did == did && token.Purpose == purpose, ct));

    public async Task<EmailToken?> FindAsync(EmailTokenPurpose purpose, ReadOnlyMemory<byte> hash, CancellationToken ct)
    {
        var bytes = hash.ToArray();
        return Map(await context.Value.EmailTokens.AsNoTracking().FirstOrDefaultAsync(token => token.Hash == bytes && token.Purpose == purpose, ct));
    }

    public async Task RemoveAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct)
    {
        if (await context.Value.EmailTokens.FindAsync([did, purpose], ct) is { } row) context.Value.EmailTokens.Remove(row);
    }

    public async Task RemoveAllAsync(Did did, CancellationToken ct) =>
        context.Value.EmailTokens.RemoveRange(await context.Value.EmailTokens.Where(token => token.Did == did).ToListAsync(ct));

    private static EmailToken? Map(EmailTokenRow? row) => row is null ? null : new EmailToken(row.Did, row.Purpose, row.Hash, row.RequestedAt);
}
