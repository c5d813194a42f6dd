using System.Data.Common;
using Pds.Application.Ports;
using Pds.Application.Takeover;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Official;

/// <summary>One account of <c>account.sqlite</c>, with what it signs in with.</summary>
internal static class OfficialAccountRows
{
    private static readonly Dictionary<string, EmailTokenPurpose> Purposes = new()
    {
        ["confirm_email"] = EmailTokenPurpose.ConfirmEmail,
        ["update_email"] = EmailTokenPurpose.UpdateEmail,
        ["reset_password"] = EmailTokenPurpose.ResetPassword,
        ["delete_account"] = EmailTokenPurpose.DeleteAccount,
        ["plc_operation"] = EmailTokenPurpose.PlcOperation,
    };

    public static OfficialAccount Read(PreparedConnection sql, Did did)
    {
        var remarks = new List<string>();
        var (account, password) = ReadAccount(sql, did, remarks);
        return new OfficialAccount(account, ReadPassword(password, remarks), ReadAppPasswords(sql, did, remarks), ReadSessions(sql, did), ReadCodes(sql, did), remarks);
    }

    private static (Account Account, string? Password) ReadAccount(PreparedConnection sql, Did did, List<string> remarks)
    {
        using var row = sql.Query(
            """
            SELECT actor.handle, actor.createdAt, actor.takedownRef, actor.deactivatedAt, actor.deleteAfter,
                account.email, account.passwordScrypt, account.emailConfirmedAt, account.invitesDisabled
            FROM actor LEFT JOIN account ON account.did = actor.did WHERE actor.did = @0
            """,
            did.Value);
        if (!row.Read()) throw new OfficialDataException($"{did} has gone meanwhile");

        Handle? handle = null;
        if (Text(row, 0) is { } name && !Handle.TryParse(name, out handle)) remarks.Add($"its handle is not one: {name}");
        var account = new Account(
            did, handle, Text(row, 5) is { } email ? EmailAddress.Fold(email) : null, OfficialServer.Moment(row.GetString(1)), Moment(row, 7), Moment(row, 3), Moment(row, 4),
            Text(row, 2), InvitesDisabled: !row.IsDBNull(8) && row.GetInt64(8) != 0);
        return (account, Text(row, 6));
    }

    private static string? ReadPassword(string? stored, List<string> remarks)
    {
        if (string.IsNullOrEmpty(stored)) return null;
        if (ScryptHash.TryParseOfficial(stored, out var hash)) return hash.ToString();
        remarks.Add("its password is kept in a form that is not known: it must be reset");
        return null;
    }

    private static List<OfficialAppPassword> ReadAppPasswords(PreparedConnection sql, Did did, List<string> remarks)
    {
        using var rows = sql.Query("SELECT name, passwordScrypt, privileged, createdAt FROM app_password WHERE did = @0", did.Value);
        var found = new List<OfficialAppPassword>();
        while (rows.Read())
        {
            if (ScryptHash.TryParseOfficial(rows.GetString(1), out var hash) && hash.Salt == AppPassword.OfficialSaltOf(did))
                found.Add(new OfficialAppPassword(rows.GetString(0), hash.Hash, rows.GetInt64(2) != 0, OfficialServer.Moment(rows.GetString(3))));
            else
                remarks.Add($"the app password \"{rows.GetString(0)}\" is kept in a form that is not known");
        }

        return found;
    }

    private static List<OfficialSession> ReadSessions(PreparedConnection sql, Did did)
    {
        using var rows = sql.Query("SELECT id, expiresAt, nextId, appPasswordName FROM refresh_token WHERE did = @0", did.Value);
        var found = new List<OfficialSession>();
        while (rows.Read()) found.Add(new OfficialSession(rows.GetString(0), OfficialServer.Moment(rows.GetString(1)), Text(rows, 2), Text(rows, 3)));
        return found;
    }

    private static List<OfficialCode> ReadCodes(PreparedConnection sql, Did did)
    {
        using var rows = sql.Query("SELECT purpose, token, requestedAt FROM email_token WHERE did = @0", did.Value);
        var found = new List<OfficialCode>();
        while (rows.Read())
            if (Purposes.TryGetValue(rows.GetString(0), out var purpose))
                found.Add(new OfficialCode(purpose, Secret.Of(rows.GetString(1)), OfficialServer.Moment(rows.GetString(2))));

        return found;
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : OfficialServer.Moment(row.GetString(column));
}
