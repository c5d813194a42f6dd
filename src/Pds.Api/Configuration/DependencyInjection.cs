namespace Pds.Api.Configuration;

internal static class DependencyInjection
{
    /// <summary>Configures everything from the host's sources: options, log level, sockets.</summary>
    /// <exception cref="SettingsException">The server cannot start so; the message is for the operator.</exception>
    public static PdsOptions AddPdsConfiguration(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddPdsEnvironment();
        var options = PdsConfiguration.Read(builder.Configuration);

        builder.Services.AddPdsOptions(options);
        if (options.LogLevel is { } level) builder.Logging.UseLevel(level);
        options.Listening!.ServeOn(builder.WebHost);
        return options;
    }

    /// <summary>Each group of options as itself; nothing here changes while the server runs.</summary>
    public static IServiceCollection AddPdsOptions(this IServiceCollection services, PdsOptions options) => services
        .AddSingleton(options)
        .AddSingleton(options.Service)
        .AddSingleton(options.Identity)
        .AddSingleton(options.Secrets)
        .AddSingleton(options.Storage)
        .AddSingleton(options.Imports)
        .AddSingleton(options.Invites)
        .AddSingleton(options.Sync)
        .AddSingleton(options.Outbound)
        .AddSingleton(options.AppView)
        .AddSingleton(options.Moderation)
        .AddSingleton(options.Proxy)
        .AddSingleton(options.IdentityCache)
        .AddSingleton(options.IdentityLookup)
        .AddSingleton(options.Mail)
        .AddSingleton(options.Branding)
        .AddSingleton(options.OAuth);
}
