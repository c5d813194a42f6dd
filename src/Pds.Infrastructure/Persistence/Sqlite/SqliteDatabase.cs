using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pds.Application.Errors;
using Pds.Application.Options;

namespace Pds.Infrastructure.Persistence.Sqlite;

/// <summary>One file, <c>pds.sqlite</c>, in the data directory: write-ahead log, synced on every commit.</summary>
internal sealed class SqliteDatabase(StorageOptions storage) : IDatabase
{
    private const int SqliteFull = 13;
    private const int SqliteIoError = 10;
    private const int SqliteConstraint = 19;
    private const int SqliteReadOnly = 8;

    // A power cut loses nothing that was acknowledged; group commit makes the sync affordable (docs/adr/0008). What is deleted is overwritten where that
    // takes no more writing, which is where the small things are: addresses, hashes, tokens.
    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;";

    // There are many readers, and the system caches the file for all of them: each keeps one megabyte of its own, not two.
    private const string ReaderSettings = "PRAGMA query_only = ON; PRAGMA cache_size = -1024;";

    public string File { get; } = Path.Combine(storage.DataDirectory, "pds.sqlite");

    public string BeginWrite => "BEGIN IMMEDIATE";

    public DbConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString(pooling: false));
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = readOnly ? $"{Settings} {ReaderSettings}" : Settings;
        settings.ExecuteNonQuery();
        return connection;
    }

    public void Configure(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString(pooling: true))
        // There is no snapshot class to compare with: the migrations are written by hand, and a test holds them against the model.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    public async Task MigrateAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(storage.DataDirectory);
        var options = new DbContextOptionsBuilder<SqlitePdsDbContext>();
        Configure(options);
        await using var context = new SqlitePdsDbContext(options.Options);

        var known = context.Database.GetMigrations().ToHashSet();
        var unknown = (await context.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(applied => !known.Contains(applied));
        if (unknown is not null)
        {
            throw new StartupException(
                $"The database {File} was last used by a newer release (it has the migration {unknown}, which this one does not know). Run that release, or restore a backup from before the upgrade.");
        }

        await context.Database.MigrateAsync(ct);
    }

    public DatabaseFailure Classify(Exception failure) => (failure as SqliteException ?? failure.InnerException as SqliteException)?.SqliteErrorCode switch
    {
        SqliteFull or SqliteIoError or SqliteReadOnly => DatabaseFailure.NoSpace,
        SqliteConstraint => DatabaseFailure.NotUnique,
        _ => DatabaseFailure.Unexpected,
    };

    private string ConnectionString(bool pooling) =>
        new SqliteConnectionStringBuilder { DataSource = File, Pooling = pooling, DefaultTimeout = 10 }.ToString();
}
