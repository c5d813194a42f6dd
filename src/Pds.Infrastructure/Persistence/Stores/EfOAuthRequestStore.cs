using Microsoft.EntityFrameworkCore;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Infrastructure.Persistence.Rows;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfOAuthRequestStore(LazyPdsDbContext context, EfUnitOfWork unitOfWork, GroupCommit writer) : IOAuthRequestStore
{
    private const string RemoveSome =
        "DELETE FROM account_oauth_request WHERE id IN (SELECT id FROM account_oauth_request WHERE expires_at < @0 ORDER BY expires_at LIMIT 50)";

    public async Task<PushedRequest?> FindAsync(RequestUri id, CancellationToken ct) =>
        Map(await context.Value.OAuthRequests.AsNoTracking().SingleOrDefaultAsync(request => request.Id == id, ct));

    public async Task<PushedRequest?> FindByCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken ct)
    {
        var bytes = codeHash.ToArray();
        return Map(await context.Value.OAuthRequests.AsNoTracking().SingleOrDefaultAsync(request => request.CodeHash == bytes, ct));
    }

    public void Add(PushedRequest request) => context.Value.OAuthRequests.Add(new OAuthRequestRow
    {
        Id = request.Id,
        Client = request.Client,
        Parameters = Write(request.Parameters),
        ClientKeyId = request.ClientKey?.Id,
        ClientKeyAlgorithm = request.ClientKey?.Algorithm,
        ClientKeyThumbprint = request.ClientKey?.Thumbprint,
        PushedAt = request.PushedAt,
        ExpiresAt = request.ExpiresAt,
    });

    public async Task UpdateAsync(PushedRequest request, CancellationToken ct)
    {
        var row = await context.Value.OAuthRequests.FindAsync([request.Id], ct) ?? throw new KeyNotFoundException("No such authorization request");
        if (request.Account is { } account) unitOfWork.RequireAccount(account);
        (row.Parameters, row.ExpiresAt) = (Write(request.Parameters), request.ExpiresAt);
        (row.DeviceId, row.Did, row.CodeHash) = (request.Device?.ToString(), request.Account, request.CodeHash?.ToArray());
    }

    public async Task RemoveAsync(RequestUri id, CancellationToken ct)
    {
        if (await context.Value.OAuthRequests.FindAsync([id], ct) is { } row) context.Value.OAuthRequests.Remove(row);
    }

    public void RemoveSomeExpired(DateTimeOffset moment) => unitOfWork.Buffer(sql => sql.Execute(RemoveSome, moment.ToUnixTimeMilliseconds()));

    public Task<int> RemoveExpiredAsync(DateTimeOffset moment, CancellationToken ct) => ExpiredRows.RemoveAsync(writer, RemoveSome, moment, ct);

    private static PushedRequest? Map(OAuthRequestRow? row) => row is null ? null : new PushedRequest(
        row.Id, Read(row.Client, row.Parameters), row.ClientKeyId is { } kid ? new ClientKey(kid, row.ClientKeyAlgorithm!, row.ClientKeyThumbprint!) : null,
        row.PushedAt, row.ExpiresAt, DeviceId.TryParse(row.DeviceId, out var device) ? device : null, row.Did, row.CodeHash.ToMemory());

    private static string Write(AuthorizationRequest parameters) =>
        string.Join('&', parameters.Write().Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    private static AuthorizationRequest Read(ClientId client, string parameters) => AuthorizationRequest.Read(
        client, parameters.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1])));
}
