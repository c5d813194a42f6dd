using System.Diagnostics;

namespace Pds.TestKit;

/// <summary>A file system of a few megabytes in memory, which only root can mount, to be filled up.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> WhyNot = new(Try);

    private readonly string _filler;

    public SmallDisk(int megabytes)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("pds-small-disk-");
        if (Mount(Directory.FullName, megabytes) is { } failure) throw new InvalidOperationException(failure);
        _filler = Path.Combine(Directory.FullName, "filler");
    }

    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? Missing => WhyNot.Value;

    public DirectoryInfo Directory { get; }

    /// <summary>Uses up all but some bytes of what is free.</summary>
    public void Fill(long except)
    {
        using var filler = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        while (new DriveInfo(Directory.FullName).AvailableFreeSpace - except >= page.Length) filler.Write(page);
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        Run("umount", Directory.FullName);
        Directory.Delete(recursive: true);
    }

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux()) return "Needs Linux, to mount a small file system";
        var place = System.IO.Directory.CreateTempSubdirectory("pds-small-disk-");
        var failure = Mount(place.FullName, 1);
        if (failure is null) Run("umount", place.FullName);
        place.Delete();
        return failure is null ? null : $"Cannot mount a small file system (needs root): {failure}";
    }

    private static string? Mount(string place, int megabytes) => Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", place);

    /// <summary>Null where it went well, else what it says.</summary>
    private static string? Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors.Trim();
    }
}
