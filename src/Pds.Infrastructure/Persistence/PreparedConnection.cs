using System.Data.Common;

namespace Pds.Infrastructure.Persistence;

/// <summary>A connection that prepares each statement once and keeps it: the hot paths' way to the database, a few microseconds a statement.</summary>
/// <remarks>
/// Statements are standard SQL that every provider here understands, with parameters <c>@0</c>, <c>@1</c> … in order. One user at a time, and
/// one reader open at a time for each statement.
/// </remarks>
internal sealed class PreparedConnection(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    public DbConnection Connection => connection;

    /// <summary>Runs a statement that answers rows.</summary>
    public DbDataReader Query(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteReader();

    /// <summary>Runs a statement that answers none; says how many rows it touched.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        connection.Dispose();
    }

    private DbCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command)) _commands.Add(sql, command = Prepare(sql, values.Length));
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private DbCommand Prepare(string sql, int parameterCount)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every statement is a literal of this project; values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameterCount; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{i}";
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
