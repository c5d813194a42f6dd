namespace Pds.Application.Errors;

/// <summary>The server cannot start. The message is for the operator: what is in the way and what to do about it.</summary>
public sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
