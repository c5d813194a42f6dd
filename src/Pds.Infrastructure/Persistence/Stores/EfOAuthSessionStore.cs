using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>OAuth sessions. Every request of an app asks whether its session is still there, so finding is prepared SQL.</summary>
internal sealed class EfOAuthSessionStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork, ReadConnections reads, GroupCommit writer) : IOAuthSessionStore
{
    private const string FindOne =
        """
        SELECT id, did, client, client_key_id, client_key_algorithm, client_key_thumbprint, device_id, key_thumbprint, requested, scope, code_hash,
            created_at, refreshed_at, expires_at, refresh_hash, previous_hash
        FROM account_oauth_session WHERE id = @0
        """;

    private const string RemoveSome =
        "DELETE FROM account_oauth_session WHERE id IN (SELECT id FROM account_oauth_session WHERE expires_at < @0 ORDER BY expires_at LIMIT 50)";

    public OAuthSession? Find(string id)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query(FindOne, id);
        return row.Read() ? Map(row) : null;
    }

    public async Task<OAuthSession?> FindByCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken ct)
    {
        var bytes = codeHash.ToArray();
        return await context.Value.OAuthSessions.AsNoTracking().SingleOrDefaultAsync(session => session.CodeHash == bytes, ct) is { } row ? Map(row) : null;
    }

    public async Task<IReadOnlyList<OAuthSession>> ListAsync(Did did, CancellationToken ct) =>
        [.. (await context.Value.OAuthSessions.AsNoTracking().Where(session => session.Did == did).OrderByDescending(session => session.RefreshedAt).ToListAsync(ct)).Select(Map)];

    public void Add(OAuthSession session)
    {
        unitOfWork.RequireAccount(session.Did);
        context.Value.OAuthSessions.Add(new OAuthSessionRow
        {
            Id = session.Id,
            Did = session.Did,
            Client = session.Client,
            ClientKeyId = session.ClientKey?.Id,
            ClientKeyAlgorithm = session.ClientKey?.Algorithm,
            ClientKeyThumbprint = session.ClientKey?.Thumbprint,
            DeviceId = session.Device.ToString(),
            KeyThumbprint = session.KeyThumbprint,
            Requested = session.Requested,
            Scope = session.Scope,
            CodeHash = session.CodeHash.ToArray(),
            CreatedAt = session.CreatedAt,
            RefreshedAt = session.RefreshedAt,
            ExpiresAt = session.ExpiresAt,
            RefreshHash = session.RefreshHash?.ToArray(),
            PreviousHash = session.PreviousHash?.ToArray(),
        });
    }

    public async Task UpdateAsync(OAuthSession session, CancellationToken ct)
    {
        var row = await context.Value.OAuthSessions.FindAsync([session.Id], ct) ?? throw new KeyNotFoundException("No such OAuth session");
        (row.ClientKeyId, row.ClientKeyAlgorithm, row.ClientKeyThumbprint) = (session.ClientKey?.Id, session.ClientKey?.Algorithm, session.ClientKey?.Thumbprint);
        (row.Scope, row.RefreshedAt, row.ExpiresAt) = (session.Scope, session.RefreshedAt, session.ExpiresAt);
        (row.RefreshHash, row.PreviousHash) = (session.RefreshHash?.ToArray(), session.PreviousHash?.ToArray());
    }

    public async Task RemoveAsync(string id, CancellationToken ct)
    {
        if (await context.Value.OAuthSessions.FindAsync([id], ct) is { } row) context.Value.OAuthSessions.Remove(row);
    }

    public Task<int> RemoveExpiredAsync(DateTimeOffset moment, CancellationToken ct) => ExpiredRows.RemoveAsync(writer, RemoveSome, moment, ct);

    public async Task<string?> FindConsentAsync(Did did, ClientId client, CancellationToken ct) => (await context.Value.OAuthConsents.FindAsync([did, client], ct))?.Scope;

    public async Task PutConsentAsync(Did did, ClientId client, string scope, CancellationToken ct)
    {
        unitOfWork.RequireAccount(did);
        var row = await context.Value.OAuthConsents.FindAsync([did, client], ct);
        if (row is null) context.Value.OAuthConsents.Add(new OAuthConsentRow { Did = did, Client = client, Scope = scope });
        else row.Scope = scope;
    }

    public async Task RemoveConsentAsync(Did did, ClientId client, CancellationToken ct)
    {
        if (await context.Value.OAuthConsents.FindAsync([did, client], ct) is { } row) context.Value.OAuthConsents.Remove(row);
    }

    private static OAuthSession Map(OAuthSessionRow row) => new(
        row.Id, row.Did, row.Client, KeyOf(row.ClientKeyId, row.ClientKeyAlgorithm, row.ClientKeyThumbprint), DeviceOf(row.DeviceId), row.KeyThumbprint, row.Requested, row.Scope,
        row.CodeHash, row.CreatedAt, row.RefreshedAt, row.ExpiresAt, row.RefreshHash.ToMemory(), row.PreviousHash.ToMemory());

    private static OAuthSession Map(DbDataReader row) => new(
        row.GetString(0), Did.Parse(row.GetString(1)), ClientId.Parse(row.GetString(2)), KeyOf(Text(row, 3), Text(row, 4), Text(row, 5)), DeviceOf(row.GetString(6)),
        row.GetString(7), row.GetString(8), row.GetString(9), row.GetFieldValue<byte[]>(10), Moment(row, 11), Moment(row, 12), Moment(row, 13), Bytes(row, 14), Bytes(row, 15));

    private static ClientKey? KeyOf(string? kid, string? algorithm, string? thumbprint) => kid is null ? null : new ClientKey(kid, algorithm!, thumbprint!);

    private static DeviceId DeviceOf(string text) => DeviceId.TryParse(text, out var device) ? device : throw new FormatException($"'{text}' is not a device");

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ReadOnlyMemory<byte>? Bytes(DbDataReader row, int column) => (row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column)).ToMemory();

    private static DateTimeOffset Moment(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
