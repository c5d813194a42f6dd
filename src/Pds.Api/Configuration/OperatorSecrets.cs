using System.Text;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Files;

namespace Pds.Api.Configuration;

/// <summary>The secrets: given, or kept in files of the data directory.</summary>
internal sealed record OperatorSecrets(SecretOptions Options, PrivateKey PlcRotationKey)
{
    // RFC 7518 section 3.2: a key of HS256 has the hash's size or more.
    private const int MinJwtSecretBytes = 32;

    /// <exception cref="SettingsException">A file of them has other contents, or the data directory cannot be used.</exception>
    public static OperatorSecrets Read(SettingValues values, string dataDirectory, bool isSandbox)
    {
        try
        {
            PrivateFile.CreateDirectory(dataDirectory);
            return Collect(values, dataDirectory, isSandbox);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The data directory {dataDirectory} (PDS_DATA_DIRECTORY) cannot be used: {failure.Message}", failure);
        }
    }

    private static OperatorSecrets Collect(SettingValues values, string dataDirectory, bool isSandbox)
    {
        var made = new Lazy<SandboxSecrets>(() => SandboxSecrets.ReadOrCreate(dataDirectory));
        var jwtSecret = values.Get<Secret?>("PDS_JWT_SECRET", null) ?? made.Value.JwtSecret;
        if (Encoding.UTF8.GetByteCount(jwtSecret.Reveal()) < MinJwtSecretBytes)
            values.Warnings.Add($"{values.NameOf("PDS_JWT_SECRET")} is short: with fewer than {MinJwtSecretBytes} characters, session tokens can be forged by trying");

        return new OperatorSecrets(
            new SecretOptions
            {
                JwtSecret = jwtSecret,
                DpopSecret = values.Get<Secret?>("PDS_DPOP_SECRET", null),
                AdminPassword = values.Get<Secret?>("PDS_ADMIN_PASSWORD", null) ?? made.Value.AdminPassword,
                KeyEncryptionKey = values.Get<KeyEncryptionKey?>("PDS_KEY_ENCRYPTION_KEY_HEX", null)
                    ?? KeyEncryptionFile.ReadOrCreate(dataDirectory, isSandbox, values.Warnings),
            },
            values.Get<PrivateKey?>("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", null) ?? made.Value.PlcRotationKey);
    }
}
