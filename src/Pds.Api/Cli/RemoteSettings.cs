using Pds.Api.Configuration;
using Pds.Domain.Accounts;

namespace Pds.Api.Cli;

/// <summary>Where the running server is and what it takes, from the same settings that it reads itself.</summary>
internal static class RemoteSettings
{
    private const int DefaultPort = 2583;

    /// <param name="url">Where the operator says that it is; null for what the settings say: this machine.</param>
    /// <param name="variables">Null for the process's own.</param>
    /// <exception cref="CliException">The settings are wrong, or there is no password.</exception>
    public static Remote Connect(Uri? url, IReadOnlyDictionary<string, string>? variables)
    {
        try
        {
            var values = new SettingValues(CliSettings.Read(variables));
            return new Remote(url ?? LocalUrl(values), FindPassword(values));
        }
        catch (SettingsException wrong)
        {
            throw new CliException(ExitCode.Usage, wrong.Message, wrong);
        }
    }

    private static Uri LocalUrl(SettingValues values)
    {
        var address = values.Get<System.Net.IPAddress?>("PDS_BIND_ADDRESS", null);
        var host = address is null || address.Equals(System.Net.IPAddress.Any) || address.Equals(System.Net.IPAddress.IPv6Any) ? "localhost" : new UriBuilder { Host = address.ToString() }.Host;
        return new Uri($"http://{host}:{values.Get("PDS_PORT", DefaultPort)}");
    }

    /// <summary>The operator's, or the one that the sandbox has made up.</summary>
    private static Secret FindPassword(SettingValues values)
    {
        if (values.Get<Secret?>("PDS_ADMIN_PASSWORD", null) is { } password) return password;
        var data = Path.GetFullPath(values.Get("PDS_DATA_DIRECTORY", "data"));
        return SandboxSecrets.Find(data)?.AdminPassword
            ?? throw new CliException(ExitCode.Usage, $"No administrator's password: set PDS_ADMIN_PASSWORD, or name the sandbox's data directory by PDS_DATA_DIRECTORY ({data} has no secrets of one)");
    }
}
