namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>An answer is not of the shape that its lexicon gives it: whoever sent it knows better what it means.</summary>
internal sealed class UnexpectedAnswerException(string message) : Exception(message);
