using System.Security.Cryptography;
using Pds.Api.Configuration;
using Pds.Application.Options;

namespace Pds.Api.Cli;

/// <summary>Where an official server's data lie, and what this server is to be: one environment file may say both.</summary>
internal sealed class TakeoverSource(ConfigurationManager configuration, string directory)
{
    // What a dry run must not make up and keep; whatever stands there is not used.
    private static readonly string[] Secrets = ["PDS_JWT_SECRET", "PDS_ADMIN_PASSWORD", "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", "PDS_KEY_ENCRYPTION_KEY_HEX"];

    /// <exception cref="SettingsException">There are no such files.</exception>
    public TakeoverOptions Locate(string? blobDirectory)
    {
        var accounts = Find("account.sqlite", "PDS_ACCOUNT_DB_LOCATION"); // first: it tells best whether this is the right place
        var blobs = blobDirectory ?? FindBlobs();
        if (!Directory.Exists(blobs)) throw new SettingsException($"There is no folder {blobs}");
        var temporary = SettingOf("PDS_BLOBSTORE_DISK_TMP_LOCATION");
        return new TakeoverOptions
        {
            AccountDatabase = accounts,
            SequencerDatabase = Find("sequencer.sqlite", "PDS_SEQUENCER_DB_LOCATION"),
            ActorDirectory = Find("actors", "PDS_ACTOR_STORE_DIRECTORY"),
            BlobDirectory = blobs,
            BlobTemporaryDirectory = temporary is not null && Directory.Exists(temporary) ? temporary : Path.Combine(blobs, "tempt"),
        };
    }

    /// <summary>The options of the server that takes over. For a dry run no file is made.</summary>
    /// <exception cref="SettingsException">The settings are wrong.</exception>
    public PdsOptions ReadOptions(bool isDryRun)
    {
        foreach (var key in Secrets.Select(secret => PdsSettings.Of(secret).Key).Where(key => isDryRun && string.IsNullOrEmpty(configuration[key])))
            configuration[key] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

        var options = PdsConfiguration.ReadWithoutListening(configuration);
        return SettingOf("PDS_JWT_SECRET") is not null ? options : options with
        {
            Warnings = [.. options.Warnings, "PDS_JWT_SECRET is not set: sessions that began on the old server go on only where it has the value that it had there"],
        };
    }

    private string Find(string name, string setting)
    {
        var usual = Path.Combine(directory, name);
        if (Path.Exists(usual)) return usual;
        return SettingOf(setting) is { } elsewhere && Path.Exists(elsewhere)
            ? Path.GetFullPath(elsewhere)
            : throw new SettingsException($"There is no {usual}: {directory} is not the data directory of an official server");
    }

    private string FindBlobs()
    {
        var usual = Path.Combine(directory, "blocks");
        if (Directory.Exists(usual)) return usual;
        if (SettingOf("PDS_BLOBSTORE_DISK_LOCATION") is { } elsewhere && Directory.Exists(elsewhere)) return Path.GetFullPath(elsewhere);
        throw new SettingsException($"The old server's blobs are not in {usual}: name their folder by --blob-directory. From an S3 bucket, copy them into a folder first.");
    }

    private string? SettingOf(string variable) => configuration[PdsSettings.Of(variable).Key] is { Length: > 0 } value ? value : null;
}
