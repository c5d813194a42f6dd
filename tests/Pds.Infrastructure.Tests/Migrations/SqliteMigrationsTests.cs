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
    public async Task Mentions_of_blobs_go_along_with_the_repo_whose_records_make_them()
    {
        await using var scope = _database.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PdsDbContext>().Database;
        using (var connection = new PreparedConnection(Provider.Open(readOnly: false)))
        {
            foreach (var (id, did) in new[] { (5, "did:web:here.test"), (6, "did:web:leaving.test") })
                connection.Execute("""INSERT INTO repo (id, did, "commit", rev, data, commit_block) VALUES (@0, @1, x'', 0, x'', x'')""", id, did);
            connection.Execute("DELETE FROM repo WHERE id = 6");
            connection.Execute("INSERT INTO repo_removal (did, repo_id, last_seq) VALUES ('did:web:leaving.test', 6, 0)");
            connection.Execute("DROP TABLE repo_left");
            connection.Execute("DROP INDEX ix_repo_record_takedown");
            connection.Execute("DROP TABLE repo_blob_ref");
            connection.Execute("CREATE TABLE repo_blob_ref (did TEXT NOT NULL, path TEXT NOT NULL, cid BLOB NOT NULL, rev INTEGER NOT NULL, PRIMARY KEY (did, path, cid)) WITHOUT ROWID");
            connection.Execute("CREATE INDEX ix_repo_blob_ref_cid ON repo_blob_ref (did, cid)");
            foreach (var did in new[] { "did:web:here.test", "did:web:leaving.test", "did:web:gone.test" })
                connection.Execute("INSERT INTO repo_blob_ref (did, path, cid, rev) VALUES (@0, 'com.example.note/one', x'01', 7)", did);
            connection.Execute("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = '0008_repo_imports'");
        }

        await database.MigrateAsync();

        using var migrated = new PreparedConnection(Provider.Open(readOnly: true));
        using var rows = migrated.Query("SELECT repo_id, path, rev FROM repo_blob_ref ORDER BY repo_id");
        var mentions = new List<(long, string, long)>();
        while (rows.Read()) mentions.Add((rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2)));
        Assert.Equal([(5, "com.example.note/one", 7), (6, "com.example.note/one", 7)], mentions);
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
