using System.Text;
using Microsoft.Data.Sqlite;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Goes through every table that a server's database has, those included that were made after this was written.</summary>
public static class DatabaseWalk
{
    /// <summary>The columns in which a text is found, as text or somewhere in bytes: <c>table.column</c>, in their order.</summary>
    public static IReadOnlyList<string> ColumnsWith(DirectoryInfo data, string text)
    {
        using var connection = Open(data);
        return
        [
            .. Columns(connection).Where(column => Count(connection, column.Table, $"instr(CAST(\"{column.Name}\" AS BLOB), @0) > 0", Encoding.UTF8.GetBytes(text)) > 0)
                .Select(column => $"{column.Table}.{column.Name}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>How many rows a table has where a condition holds; <c>@0</c> in it is the value.</summary>
    public static long Count(DirectoryInfo data, string table, string condition, object value)
    {
        using var connection = Open(data);
        return Count(connection, table, condition, value);
    }

    /// <summary>The text that a statement answers; <c>@0</c> in it is the value.</summary>
    public static string Text(DirectoryInfo data, string sql, object value)
    {
        using var connection = Open(data);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@0", value);
        return (string)command.ExecuteScalar()!;
    }

    /// <summary>The database as it lies on the disk, with what the write-ahead log had. The server does not run.</summary>
    public static async Task<byte[]> ReadFileAsync(DirectoryInfo data)
    {
        using (var connection = Open(data))
        using (var fold = connection.CreateCommand())
        {
            fold.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            fold.ExecuteNonQuery();
        }

        return await File.ReadAllBytesAsync(Path.Combine(data.FullName, "pds.sqlite"));
    }

    /// <summary>Tables with a column of that name.</summary>
    public static IReadOnlyList<string> TablesWith(DirectoryInfo data, string column)
    {
        using var connection = Open(data);
        return [.. Columns(connection).Where(found => found.Name == column).Select(found => found.Table).Order(StringComparer.Ordinal)];
    }

    /// <summary>Sees to it that each of these tables, which have a <c>did</c>, has a row of the account: puts one in, of whatever its columns take, where there is none.</summary>
    public static void FillEveryTable(DirectoryInfo data, Did did, IEnumerable<string> tables)
    {
        using var connection = Open(data);
        foreach (var table in tables)
        {
            if (Count(connection, table, "did = @0", did.Value) > 0) continue;
            var columns = Columns(connection).Where(column => column.Table == table).ToList();
            using var insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", columns.Select(Anything))})";
            insert.Parameters.AddWithValue("@did", did.Value);
            insert.ExecuteNonQuery();
        }
    }

    private static string Anything((string Table, string Name, string Type) column) => (column.Name, column.Type) switch
    {
        ("did", _) => "@did",
        (_, "INTEGER") => "abs(random() % 1000000000)",
        (_, "BLOB") => "randomblob(32)",
        _ => "lower(hex(randomblob(8)))",
    };

    private static List<(string Table, string Name, string Type)> Columns(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'";
        using var rows = command.ExecuteReader();
        var columns = new List<(string, string, string)>();
        while (rows.Read()) columns.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        return columns;
    }

    private static long Count(SqliteConnection connection, string table, string condition, object value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table} WHERE {condition}";
        command.Parameters.AddWithValue("@0", value);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(DirectoryInfo data)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data.FullName, "pds.sqlite"), Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }
}
