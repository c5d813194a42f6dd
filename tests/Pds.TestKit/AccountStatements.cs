using Microsoft.Data.Sqlite;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Puts accounts into states by statements on the database, beside the running server: for tests of what depends on the state, whoever brings it about.</summary>
public static class AccountStatements
{
    public static void Deactivate(this PdsFixture pds, Did did) => pds.Execute("UPDATE account SET deactivated_at = 1 WHERE did = @0", did.Value);

    public static void TakeDown(this PdsFixture pds, Did did) => pds.Execute("UPDATE account SET takedown_ref = 'test' WHERE did = @0", did.Value);

    public static void TakeDown(this PdsFixture pds, Did did, Cid blob) =>
        pds.Execute("UPDATE repo_blob SET takedown_ref = 'test' WHERE did = @0 AND cid = @1", did.Value, blob.ToBytes());

    /// <summary>Runs a statement with the parameters <c>@0</c>, <c>@1</c> and so on; fails where it changes no row.</summary>
    public static void Execute(this PdsFixture pds, string sql, params object[] parameters)
    {
        if (pds.Run(sql, parameters) == 0) throw new InvalidOperationException($"Nothing to change: {sql}");
    }

    /// <summary>Runs any statement; says how many rows it changed.</summary>
    public static int Run(this PdsFixture pds, string sql, params object[] parameters)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(pds.Data.FullName, "pds.sqlite"), Pooling = false };
        using var connection = new SqliteConnection(file.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++) command.Parameters.AddWithValue($"@{i}", parameters[i]);
        return command.ExecuteNonQuery();
    }
}
