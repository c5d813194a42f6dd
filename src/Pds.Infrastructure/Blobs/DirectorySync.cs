using System.Runtime.InteropServices;

namespace Pds.Infrastructure.Blobs;

/// <summary>Makes a directory's entries durable: a file that was synced is still lost with a power cut if its name was not. .NET has no call for it.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Does nothing on Windows, whose file systems journal names themselves.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0) throw new IOException($"Cannot open {directory} to sync it (error {Marshal.GetLastPInvokeError()})");
        var result = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0) throw new IOException($"Cannot sync {directory} (error {error})");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
