namespace Pds.Api.Configuration;

/// <summary>The server cannot start as it is configured. The message is for the operator: it names the variable or key, and no secret.</summary>
public sealed class SettingsException(string message, Exception? cause = null) : Exception(message, cause);
