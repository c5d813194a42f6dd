using System.Security.Cryptography;
using System.Text.Json;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Files;

namespace Pds.Api.Configuration;

/// <summary><c>sandbox-secrets.json</c> in the data directory: what a production server is given, made up once and kept.</summary>
internal sealed record SandboxSecrets(Secret JwtSecret, Secret AdminPassword, PrivateKey PlcRotationKey)
{
    private const string FileName = "sandbox-secrets.json";
    private const int PasswordBytes = 16;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <exception cref="SettingsException">The file has other contents.</exception>
    public static SandboxSecrets ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path)) PrivateFile.Create(path, JsonSerializer.Serialize(NewContents(), Format));
        return Read(path);
    }

    /// <summary>Those that are there, for a command beside the server; null where no sandbox has run.</summary>
    /// <inheritdoc cref="ReadOrCreate"/>
    public static SandboxSecrets? Find(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, FileName);
        return File.Exists(path) ? Read(path) : null;
    }

    private static SandboxSecrets Read(string path)
    {
        try
        {
            var contents = JsonSerializer.Deserialize<Contents>(File.ReadAllText(path), Format);
            if (contents is { JwtSecret.Length: > 0, AdminPassword.Length: > 0 } && PrivateKeyHex.Parse(contents.PlcRotationKeyHex) is { } key)
                return new SandboxSecrets(Secret.Of(contents.JwtSecret), Secret.Of(contents.AdminPassword), key);
        }
        catch (JsonException)
        {
            // Its message could quote the file.
        }

        throw new SettingsException(
            $"{path} does not hold the sandbox's secrets: there must be jwtSecret, adminPassword and plcRotationKeyHex. Restore it, or delete it and the sandbox makes new ones.");
    }

    private static Contents NewContents() => new(
        Random(2 * PasswordBytes), Random(PasswordBytes), PrivateKeyHex.Format(PrivateKey.Generate(Curve.K256)));

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private sealed record Contents(string JwtSecret, string AdminPassword, string PlcRotationKeyHex);
}
