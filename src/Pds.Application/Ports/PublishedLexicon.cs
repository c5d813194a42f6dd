using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>A lexicon document that is a record in the repo of its namespace's authority, signed by that.</summary>
/// <param name="Uri">The record.</param>
/// <param name="Record">The record as it was published.</param>
/// <param name="Document">The same, understood.</param>
public sealed record PublishedLexicon(AtUri Uri, Block Record, LexiconDocument Document);
