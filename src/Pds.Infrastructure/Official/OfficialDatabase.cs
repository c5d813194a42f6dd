using Microsoft.Data.Sqlite;
using Pds.Application.Takeover;
using Pds.Infrastructure.Persistence;
using SQLitePCL;

namespace Pds.Infrastructure.Official;

/// <summary>Opens SQLite files of an official server so that nothing of them changes.</summary>
internal static class OfficialDatabase
{
    private const int DoNotCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
    private const int SqliteBusy = 5;

    /// <param name="isLive">Whether the server may be writing it.</param>
    /// <exception cref="OfficialDataException">It is not there, or no database.</exception>
    public static PreparedConnection Open(string path, bool isLive)
    {
        if (!File.Exists(path)) throw new OfficialDataException($"There is no {path}");

        // Where a clean end has left no write-ahead log, all is in the file: read as it is, without a lock and without the files that a reader of such a log makes.
        var asItIs = !isLive && !HasLog(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = asItIs ? UriOf(path, "immutable=1") : path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return new PreparedConnection(connection);
        }
        catch (SqliteException unreadable)
        {
            connection.Dispose();
            throw new OfficialDataException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Whether a process has it open. A server in write-ahead mode holds a shared lock for as long as it runs, which an exclusive one shows.</summary>
    public static bool IsOpenElsewhere(string path)
    {
        if (!HasLog(path) && !File.Exists($"{path}-shm")) return false;
        if (OperatingSystem.IsWindows()) return IsShared(path);
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = UriOf(path, "vfs=unix-excl"), Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_db_config(connection.Handle, DoNotCheckpointOnClose, 1, out _);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM sqlite_master";
            command.ExecuteScalar();
            return false;
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SqliteBusy)
        {
            return true;
        }
        catch (SqliteException unreadable)
        {
            throw new OfficialDataException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Reads, and says in the operator's terms what is wrong where that fails.</summary>
    /// <exception cref="OfficialDataException">The file is damaged, or not what it should be.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is SqliteException or FormatException or InvalidCastException or InvalidOperationException)
        {
            throw new OfficialDataException($"{path} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>There, a file that another has open cannot be had alone.</summary>
    private static bool IsShared(string path)
    {
        try
        {
            using var alone = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool HasLog(string path) => new FileInfo($"{path}-wal") is { Exists: true, Length: > 0 };

    private static string UriOf(string path, string parameter) => $"file:{string.Join('/', Path.GetFullPath(path).Split('/').Select(Uri.EscapeDataString))}?{parameter}";
}
