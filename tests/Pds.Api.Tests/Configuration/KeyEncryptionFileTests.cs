using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

public sealed class KeyEncryptionFileTests : IDisposable
{
    private const string Hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_public_server_makes_one_asks_for_a_backup_once_and_keeps_it()
    {
        var first = _server.Read(ScratchServer.Public());
        var second = _server.Read(ScratchServer.Public());

        Assert.Contains(first.Warnings, warning => warning.Contains("back it up", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Warnings, warning => warning.Contains("back it up", StringComparison.Ordinal));
        Assert.Equal(first.Secrets.KeyEncryptionKey.Reveal(), second.Secrets.KeyEncryptionKey.Reveal());
    }

    [Fact]
    public void A_key_that_is_given_is_used_and_not_written()
    {
        var options = _server.Read(("PDS_KEY_ENCRYPTION_KEY_HEX", Hex));

        Assert.Equal(Convert.FromHexString(Hex), options.Secrets.KeyEncryptionKey.Reveal());
        Assert.False(File.Exists(_server.PathOf("key-encryption.key")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001020304")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void Other_contents_stop_the_start(string contents)
    {
        File.WriteAllText(_server.PathOf("key-encryption.key"), contents);

        var refusal = _server.Refuses();

        Assert.EndsWith("key-encryption.key does not hold a key: there must be 64 hexadecimal digits. Restore it from a backup.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(contents, File.ReadAllText(_server.PathOf("key-encryption.key")));
    }

    [Fact]
    public void No_new_key_is_made_for_a_database_that_has_lost_its_own()
    {
        File.WriteAllText(_server.PathOf("pds.sqlite"), "");

        var refusal = _server.Refuses();

        Assert.Contains("key-encryption.key is gone", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_server.PathOf("key-encryption.key")));
    }

    [Theory]
    [InlineData("key-encryption.key")]
    [InlineData("sandbox-secrets.json")]
    public void Files_of_secrets_are_for_their_owner_alone(string file)
    {
        if (OperatingSystem.IsWindows()) return;

        _server.Read();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_server.PathOf(file)));
        Assert.DoesNotContain(Directory.EnumerateFiles(_server.Data), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_others_can_read_is_warned_of()
    {
        if (OperatingSystem.IsWindows()) return;
        _server.Read();
        File.SetUnixFileMode(_server.PathOf("key-encryption.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var options = _server.Read();

        Assert.Contains(options.Warnings, warning => warning.EndsWith("key-encryption.key can be read by other users of this machine: chmod 600 it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_data_directory_that_is_not_there_is_made_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = _server.PathOf("new/data");

        _server.Read(("PDS_DATA_DIRECTORY", path));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_data_directory_that_cannot_be_used_stops_the_start()
    {
        File.WriteAllText(_server.PathOf("file"), "");

        var refusal = _server.Refuses(("PDS_DATA_DIRECTORY", _server.PathOf("file")));

        Assert.Contains("(PDS_DATA_DIRECTORY) cannot be used", refusal.Message, StringComparison.Ordinal);
    }
}
