using Pds.Api.Configuration;

namespace Pds.Api.Cli;

/// <summary>The settings as the server itself reads them, but for its command line.</summary>
internal static class CliSettings
{
    /// <param name="variables">Null for the process's own.</param>
    public static ConfigurationManager Read(IReadOnlyDictionary<string, string>? variables)
    {
        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        configuration.AddPdsEnvironment(variables);
        return configuration;
    }
}
