using System.Collections;
using Microsoft.Extensions.Configuration.CommandLine;

namespace Pds.Api.Configuration;

/// <summary>Where the variables come in the order of sources.</summary>
internal static class PdsEnvironment
{
    /// <summary>The variables beat appsettings.json, and the command line beats both.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="variables">Null for the process's own.</param>
    public static void AddPdsEnvironment(this IConfigurationBuilder configuration, IReadOnlyDictionary<string, string>? variables = null)
    {
        var sources = configuration.Sources;
        var end = sources.Count;
        for (var i = 0; i < sources.Count; i++)
            if (sources[i] is CommandLineConfigurationSource) end = i;

        sources.Insert(end, new PdsEnvironmentSource(variables ?? OfProcess()));
    }

    private static Dictionary<string, string> OfProcess() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string ?? "");
}
