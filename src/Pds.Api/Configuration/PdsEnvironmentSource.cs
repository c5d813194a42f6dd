namespace Pds.Api.Configuration;

/// <summary>The variables of <see cref="PdsSettings"/> as a source of configuration.</summary>
internal sealed class PdsEnvironmentSource(IReadOnlyDictionary<string, string> variables) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new PdsEnvironmentProvider(variables);
}
