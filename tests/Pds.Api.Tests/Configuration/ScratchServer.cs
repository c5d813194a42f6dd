using Microsoft.Extensions.Configuration;
using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

/// <summary>Reads configurations over a data directory of its own, which goes when the test ends. The port is the system's choice unless said.</summary>
internal sealed class ScratchServer : IDisposable
{
    private readonly List<PdsOptions> _read = [];

    public string Data { get; } = Directory.CreateTempSubdirectory("pds-configuration-").FullName;

    public string PathOf(string file) => Path.Combine(Data, file);

    public PdsOptions Read(params (string Variable, string Value)[] variables) => Read(variables, []);

    /// <param name="variables">The environment.</param>
    /// <param name="settings">What appsettings.json says, as keys.</param>
    /// <param name="args">The command line.</param>
    public PdsOptions Read((string Variable, string Value)[] variables, (string Key, string Value)[] settings, params string[] args)
    {
        var options = PdsConfiguration.Read(Build(variables, settings, args));
        _read.Add(options);
        return options;
    }

    public SettingsException Refuses(params (string Variable, string Value)[] variables) => Assert.Throws<SettingsException>(() => Read(variables));

    public void Dispose()
    {
        _read.ForEach(options => options.Listening?.Dispose());
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>What a public server must be given, without <paramref name="except"/>.</summary>
    public static (string, string)[] Public(params string[] except) =>
    [
        .. new (string Variable, string Value)[]
        {
            ("PDS_HOSTNAME", "pds.example.com"),
            ("PDS_JWT_SECRET", "0123456789abcdef0123456789abcdef"),
            ("PDS_ADMIN_PASSWORD", "correct horse battery staple"),
            ("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", "ad41b6f0fd0b8d6ff1aaf94ad5b7de21e9b9a3ee3c1c1e5a1c6ce1bd39b6c8a7"),
            ("PDS_BIND_ADDRESS", "127.0.0.1"),
            ("PDS_RATE_LIMITS_ENABLED", "true"),
        }.Where(one => !except.Contains(one.Variable)),
    ];

    private IConfiguration Build((string Variable, string Value)[] variables, (string Key, string Value)[] settings, string[] args)
    {
        var environment = variables.ToDictionary();
        environment.TryAdd("PDS_DATA_DIRECTORY", Data);
        var file = settings.ToDictionary(one => one.Key, one => (string?)one.Value);
        file.TryAdd("Pds:Service:Port", "0");

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(file).AddCommandLine(args);
        configuration.AddPdsEnvironment(environment);
        return configuration.Build();
    }
}
