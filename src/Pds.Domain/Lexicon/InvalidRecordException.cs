namespace Pds.Domain.Lexicon;

/// <summary>A record, or other data, that its lexicon does not allow. The message is the one that clients of the protocol know, and fit for the wire.</summary>
public sealed class InvalidRecordException(string message) : FormatException(message);
