using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Puts accounts, blobs and invite codes into states, by statements on the database beside the running server: for tests whose subject is not how they got there.</summary>
public static class AccountStates
{
    public static Task DeactivateAsync(this PdsFixture pds, Did did) => pds.ExecuteAsync("UPDATE account SET deactivated_at = created_at WHERE did = @0", did.Value);

    public static Task ReactivateAsync(this PdsFixture pds, Did did) => pds.ExecuteAsync("UPDATE account SET deactivated_at = NULL WHERE did = @0", did.Value);

    public static Task TakeDownAsync(this PdsFixture pds, Did did) => pds.ExecuteAsync("UPDATE account SET takedown_ref = 'of the test' WHERE did = @0", did.Value);

    public static Task TakeDownAsync(this PdsFixture pds, Did did, Cid blob) =>
        pds.ExecuteAsync("UPDATE repo_blob SET takedown_ref = 'of the test' WHERE did = @0 AND cid = @1", did.Value, blob.ToBytes());

    /// <summary>Takes an account out of the database as if it had never been there; its tokens are still signed.</summary>
    public static Task ForgetAsync(this PdsFixture pds, Did did) => pds.ExecuteAsync("DELETE FROM account WHERE did = @0", did.Value);

    /// <summary>Calls as an account in a session of that kind, however such a session begins.</summary>
    public static XrpcClient As(this PdsFixture pds, Did did, SessionScope scope) =>
        new(pds.Url) { Authorization = $"Bearer {pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(did, scope)}" };

    /// <summary>Makes an invite code of the administrator's.</summary>
    public static async Task InviteAsync(this PdsFixture pds, string code, int uses = 1, bool disabled = false, Did? forAccount = null)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        var owner = forAccount is null ? InviteOwner.Admin : InviteOwner.Of(forAccount);
        scope.ServiceProvider.GetRequiredService<IInviteStore>().Add(new InviteCode(code, uses, disabled, owner, InviteOwner.Admin, DateTimeOffset.UnixEpoch));
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>How often an invite code was used.</summary>
    public static Task<long> CountUsesAsync(this PdsFixture pds, string code) => pds.InDatabaseAsync(
        "SELECT COUNT(*) FROM invite_code_use WHERE code = @0", [code], async command => (long)(await command.ExecuteScalarAsync())!);

    /// <summary>Runs a statement with the parameters <c>@0</c>, <c>@1</c> and so on; fails where it changes no row.</summary>
    public static async Task ExecuteAsync(this PdsFixture pds, string sql, params object[] parameters)
    {
        if (await pds.RunAsync(sql, parameters) == 0) throw new InvalidOperationException($"Nothing to change: {sql}");
    }

    /// <summary>Runs any statement; says how many rows it changed.</summary>
    public static Task<int> RunAsync(this PdsFixture pds, string sql, params object[] parameters) => pds.InDatabaseAsync(sql, parameters, command => command.ExecuteNonQueryAsync());

    private static async Task<T> InDatabaseAsync<T>(this PdsFixture pds, string sql, object[] parameters, Func<SqliteCommand, Task<T>> run)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(pds.Data.FullName, "pds.sqlite"), Pooling = false };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++) command.Parameters.AddWithValue($"@{i}", parameters[i]);
        return await run(command);
    }
}
