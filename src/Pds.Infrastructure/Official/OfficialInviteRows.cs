using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Official;

/// <summary>The invite codes of <c>account.sqlite</c>, with their uses.</summary>
internal static class OfficialInviteRows
{
    public static IEnumerable<InviteCode> Read(PreparedConnection sql)
    {
        var uses = ReadUses(sql).ToLookup(use => use.Code, use => use.Use);
        var codes = new List<InviteCode>();
        using var rows = sql.Query("SELECT code, availableUses, disabled, forAccount, createdBy, createdAt FROM invite_code ORDER BY createdAt, code");
        while (rows.Read())
        {
            codes.Add(new InviteCode(
                rows.GetString(0), rows.GetInt32(1), !rows.IsDBNull(2) && rows.GetInt64(2) != 0, Owner(rows.GetString(3)), Owner(rows.GetString(4)), OfficialServer.Moment(rows.GetString(5)))
            {
                Uses = [.. uses[rows.GetString(0)]],
            });
        }

        return codes;
    }

    private static IEnumerable<(string Code, InviteCodeUse Use)> ReadUses(PreparedConnection sql)
    {
        using var rows = sql.Query("SELECT code, usedBy, usedAt FROM invite_code_use ORDER BY usedAt DESC");
        while (rows.Read())
            yield return (rows.GetString(0), new InviteCodeUse(Did.Parse(rows.GetString(1)), OfficialServer.Moment(rows.GetString(2))));
    }

    /// <summary>An account, or whoever else made codes: the administrator by any name.</summary>
    private static InviteOwner Owner(string text) => InviteOwner.TryParse(text, out var owner) ? owner : InviteOwner.Admin;
}
