using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Asks the network for lexicon documents (https://atproto.com/specs/lexicon#lexicon-publication-and-resolution). Answers are remembered for a day, and for longer where nothing newer can be had.</summary>
public interface ILexiconResolver
{
    /// <summary>The document of that name as its authority publishes it, or null where none can be had now.</summary>
    Task<PublishedLexicon?> ResolveAsync(Nsid nsid, CancellationToken ct);
}
