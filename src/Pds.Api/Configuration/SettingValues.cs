namespace Pds.Api.Configuration;

/// <summary>What is set, read and checked against <see cref="PdsSettings"/>.</summary>
internal sealed class SettingValues
{
    private const int MaxShown = 100;

    private readonly IConfiguration _configuration;
    private readonly Dictionary<Setting, object> _values = [];

    /// <exception cref="SettingsException">Some are malformed; the message names them all.</exception>
    public SettingValues(IConfiguration configuration)
    {
        _configuration = configuration;
        List<string> problems = [];
        foreach (var setting in PdsSettings.All)
            if (TextOf(setting) is { } text && Take(setting, text) is { } problem) problems.Add(problem);

        if (problems.Count > 0) throw new SettingsException(string.Join(Environment.NewLine, problems));
        Warnings.AddRange(UnknownNames());
    }

    /// <summary>For the operator, one sentence each.</summary>
    public List<string> Warnings { get; } = [];

    public bool Has(string variable) => _values.ContainsKey(PdsSettings.Of(variable));

    /// <summary>The value, as its <see cref="SettingKind"/> reads it, or what holds without one.</summary>
    public T Get<T>(string variable, T otherwise) => _values.TryGetValue(PdsSettings.Of(variable), out var value) ? (T)value : otherwise;

    /// <summary>What the operator wrote: the variable, or the key where the value is from a file or the command line.</summary>
    public string NameOf(string variable) => NameOf(PdsSettings.Of(variable));

    private string NameOf(Setting setting) => ProviderOf(setting) is PdsEnvironmentProvider ? setting.Variable : setting.Key;

    private IConfigurationProvider? ProviderOf(Setting setting) => (_configuration as IConfigurationRoot)?.Providers
        .LastOrDefault(provider => provider.TryGet(setting.Key, out var text) && !string.IsNullOrEmpty(text));

    private string? TextOf(Setting setting)
    {
        var text = _configuration[setting.Key];
        if (string.IsNullOrEmpty(text) && setting.Kind.IsList)
            text = string.Join(',', _configuration.GetSection(setting.Key).GetChildren().Select(item => item.Value));
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <returns>What is wrong with it, or null.</returns>
    private string? Take(Setting setting, string text)
    {
        if (setting.Support != Support.Here)
            Warnings.Add($"{NameOf(setting)} has no effect: {(setting.Support == Support.Planned ? "this release does not have it yet" : "this server does not have it")} ({setting.Meaning})");
        if (setting.Support == Support.Absent) return null;

        if (setting.Kind.Parse(setting.Kind.IsSecret ? text : text.Trim()) is not { } value)
            return $"{NameOf(setting)} is {Shown(setting, text)}not {setting.Kind.Expected}";
        _values.Add(setting, value);
        return null;
    }

    /// <summary>A malformed URL may still hold a password before its '@'.</summary>
    private static string Shown(Setting setting, string text)
    {
        if (setting.Kind.IsSecret || text.Contains('@', StringComparison.Ordinal)) return "";
        return $"'{(text.Length > MaxShown ? $"{text[..MaxShown]}…" : text)}', which is ";
    }

    private IEnumerable<string> UnknownNames()
    {
        var variables = (_configuration as IConfigurationRoot)?.Providers.OfType<PdsEnvironmentProvider>().SelectMany(provider => provider.Unknown) ?? [];
        var known = PdsSettings.All.Select(setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var keys = Leaves(_configuration.GetSection("Pds")).Where(key => !known.Contains(key) && !known.Contains(key[..key.LastIndexOf(':')]));
        return variables.Concat(keys).Select(name => $"{name} is not a setting of this server, and has no effect");
    }

    private static IEnumerable<string> Leaves(IConfigurationSection section) =>
        section.GetChildren().SelectMany(child => child.Value is null ? Leaves(child) : [child.Path]);
}
