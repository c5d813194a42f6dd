namespace Pds.Infrastructure.Files;

/// <summary>Whether the disk, or somebody's share of it, is full.</summary>
internal static class DiskFull
{
    public static bool Is(IOException failure) => (failure.HResult & 0xFFFF) is 28 or 112 or 122; // ENOSPC, ERROR_DISK_FULL, EDQUOT
}
