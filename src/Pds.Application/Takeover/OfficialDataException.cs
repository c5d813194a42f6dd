namespace Pds.Application.Takeover;

/// <summary>Data of an official server cannot be read; the message is for the operator.</summary>
public sealed class OfficialDataException(string message, Exception? cause = null) : Exception(message, cause);
