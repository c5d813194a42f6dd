namespace Pds.Api.Configuration;

/// <summary>Puts each variable under its key. An empty one counts as not set, as it does in the official distribution.</summary>
internal sealed class PdsEnvironmentProvider(IReadOnlyDictionary<string, string> variables) : ConfigurationProvider
{
    /// <summary>What begins like ours and is in no table: most likely a slip of the pen.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    public override void Load()
    {
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (variable, value) in variables)
            if (value.Length > 0 && PdsSettings.TryFind(variable, out var setting)) Data[setting.Key] = value;

        Unknown = [.. variables.Keys.Where(IsUnknown).Order(StringComparer.Ordinal)];
    }

    // PDS__SERVICE__PORT is ASP.NET's own way to write Pds:Service:Port.
    private static bool IsUnknown(string variable) =>
        variable.StartsWith("PDS_", StringComparison.Ordinal) && !variable.StartsWith("PDS__", StringComparison.Ordinal) && !PdsSettings.TryFind(variable, out _);
}
