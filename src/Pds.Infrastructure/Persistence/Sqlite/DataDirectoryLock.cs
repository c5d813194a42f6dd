using Pds.Application.Errors;
using Pds.Application.Options;

namespace Pds.Infrastructure.Persistence.Sqlite;

/// <summary>Holds the data directory for one process: turns and sequence numbers live in memory and do not cross processes.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="StartupException">Another process holds it; the message is for the operator.</exception>
    public DataDirectoryLock(StorageOptions storage)
    {
        Directory.CreateDirectory(storage.DataDirectory);
        var path = Path.Combine(storage.DataDirectory, "pds.lock");
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new StartupException(
                $"Another server is running on the data directory {storage.DataDirectory} (it holds {path}). Stop it first, or give this one another PDS_DATA_DIRECTORY.", taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
