namespace Pds.Api.Configuration;

/// <summary>One thing that an operator can set.</summary>
/// <param name="Variable">The environment variable, as the official distribution calls it.</param>
/// <param name="Key">The same for <c>appsettings.json</c> and the command line.</param>
/// <param name="Kind">What its text may be.</param>
/// <param name="Support">Whether this release has what it configures.</param>
/// <param name="Default">What holds where it is not set, for the reference; empty where that is nothing.</param>
/// <param name="Meaning">For the reference, and for the warning where this release does not have it.</param>
internal sealed record Setting(string Variable, string Key, SettingKind Kind, Support Support, string Default, string Meaning);
