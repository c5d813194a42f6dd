using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Tests.Contracts;

namespace Pds.Infrastructure.Tests.Migrations;

/// <summary>The migrations are written by hand, so nothing but these tests holds them to the model that EF reads and writes by.</summary>
public sealed class SqliteMigrationsTests : IAsyncLifetime
{
    private readonly SqliteFixture _database = new();

    private IDatabase Provider => _database.Services.GetRequiredService<IDatabase>();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_migration_is_applied_from_empty()
    {
        await using var scope = _database.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PdsDbContext>().Database;

        Assert.NotEmpty(database.GetMigrations());
        Assert.Equal(database.GetMigrations(), await database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var before = ReadSchema();

        await Provider.MigrateAsync(CancellationToken.None);

        Assert.Equal(before, ReadSchema());
    }

    [Fact]
    public void The_schema_has_exactly_the_tables_and_columns_of_the_model() => Assert.Equal(ReadModel(), ReadSchema());

    [Fact]
    public void The_comparison_notices_a_column_that_differs()
    {
        using (var connection = new PreparedConnection(Provider.Open(readOnly: false)))
        {
            connection.Execute("ALTER TABLE account DROP COLUMN deactivated_at");
            connection.Execute("ALTER TABLE account ADD COLUMN deactivated_at INTEGER NOT NULL DEFAULT 0");
        }

        Assert.NotEqual(ReadModel(), ReadSchema());
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused_with_advice()
    {
        using (var connection = new PreparedConnection(Provider.Open(readOnly: false)))
            connection.Execute("INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('9999_from_the_future', '99.0')");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => Provider.MigrateAsync(CancellationToken.None));

        Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9999_from_the_future", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restore a backup", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A line a column: <c>table.column TYPE NULL</c>, and whether it is part of the key.</summary>
    private List<string> ReadSchema()
    {
        using var connection = new PreparedConnection(Provider.Open(readOnly: true));
        using var rows = connection.Query(
            """
            SELECT t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_\_EF%' ESCAPE '\'
            """);
        var lines = new List<string>();
        while (rows.Read()) lines.Add(Line(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3) == 0, rows.GetInt64(4) > 0));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private List<string> ReadModel()
    {
        using var scope = _database.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<PdsDbContext>().Model;
        var lines = model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties(), (entity, property) =>
                Line(entity.GetTableName()!, property.GetColumnName(), property.GetColumnType(), property.IsColumnNullable(), property.IsPrimaryKey()))
            .ToList();
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Line(string table, string column, string type, bool isNullable, bool isKey) =>
        $"{table}.{column} {type}{(isNullable ? " NULL" : "")}{(isKey ? " KEY" : "")}";
}
