using Pds.Application.Options;
using Pds.Infrastructure.Files;

namespace Pds.Api.Configuration;

/// <summary><c>key-encryption.key</c> in the data directory: 64 hexadecimal digits.</summary>
internal static class KeyEncryptionFile
{
    private const string Name = "key-encryption.key";

    // Without its key the database's keys are lost, and a new one would hide that until somebody writes.
    private const string Database = "pds.sqlite";

    /// <summary>Reads the key, or makes one on the first start.</summary>
    /// <exception cref="SettingsException">The file has other contents, or is gone while there are accounts' keys that need it.</exception>
    public static KeyEncryptionKey ReadOrCreate(string dataDirectory, bool isSandbox, List<string> warnings)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (File.Exists(path)) return Read(path, warnings);
        if (File.Exists(Path.Combine(dataDirectory, Database)))
            throw new SettingsException(
                $"{path} is gone, and the accounts' keys in {Database} cannot be read without it. Restore it from a backup, or give its contents as PDS_KEY_ENCRYPTION_KEY_HEX.");

        var key = KeyEncryptionKey.Generate();
        PrivateFile.Create(path, Convert.ToHexStringLower(key.Reveal()) + "\n");
        if (!isSandbox) warnings.Add($"{path} is new: back it up, apart from the database. Without it no account's signing key can be read again");
        return key;
    }

    private static KeyEncryptionKey Read(string path, List<string> warnings)
    {
        if (!KeyEncryptionKey.TryParse(File.ReadAllText(path).Trim(), out var key))
            throw new SettingsException($"{path} does not hold a key: there must be 64 hexadecimal digits. Restore it from a backup.");
        if (PrivateFile.IsOpenToOthers(path)) warnings.Add($"{path} can be read by other users of this machine: chmod 600 it");
        return key;
    }
}
