using Microsoft.Extensions.Logging.Abstractions;
using Pds.Infrastructure.Mail;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail;

public sealed class FolderTransportTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-mail-");
    private readonly FakeTime _time = new();

    private string Folder => Path.Combine(_data.FullName, "mail");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Each_mail_is_a_file_that_mail_programs_open()
    {
        await DeliverAsync();

        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Matches(@"20260102T030405\.0000000Z-[0-9a-f]{8}\.eml$", file);
        Assert.Contains(Samples.Code, ParsedMail.Parse(await File.ReadAllTextAsync(file)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        if (OperatingSystem.IsWindows()) return;

        await DeliverAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Folder).Single()));
    }

    [Fact]
    public async Task The_oldest_make_room_for_the_newest()
    {
        Directory.CreateDirectory(Folder);
        for (var i = 0; i < FolderTransport.Capacity; i++) await File.WriteAllTextAsync(Path.Combine(Folder, $"20250101T{i:000000}.eml"), "old");
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.txt"), "not a mail");

        await DeliverAsync();

        Assert.Equal(FolderTransport.Capacity, Directory.GetFiles(Folder, "*.eml").Length);
        Assert.False(File.Exists(Path.Combine(Folder, "20250101T000000.eml")));
        Assert.True(File.Exists(Path.Combine(Folder, "20250101T000001.eml")));
        Assert.True(File.Exists(Path.Combine(Folder, "notes.txt")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_a_failure()
    {
        await File.WriteAllTextAsync(Folder, "a file");

        await Assert.ThrowsAsync<MailException>(DeliverAsync);
    }

    private Task DeliverAsync() => new FolderTransport(Folder, _time, NullLogger<FolderTransport>.Instance).DeliverAsync(Samples.Mail(), CancellationToken.None);
}
