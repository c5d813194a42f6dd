using Pds.Api.Configuration;
using Pds.Application;
using Pds.Infrastructure;

namespace Pds.Api.Cli;

/// <summary>Application and Infrastructure in this process, upon the data that the settings name: for verbs that need the data themselves. Nothing listens.</summary>
internal static class LocalServer
{
    /// <param name="options">As the server would have them.</param>
    /// <param name="add">What the verb needs beside that, or in the place of something.</param>
    public static ServiceProvider Build(PdsOptions options, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddLogging().AddApplication().AddInfrastructure().AddPdsOptions(options);
        add(services);
        return services.BuildServiceProvider();
    }
}
