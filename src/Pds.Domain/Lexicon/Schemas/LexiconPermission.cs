using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary>One permission of a permission set as its author wrote it. What it grants, if anything, <c>OAuth/Scopes</c> says.</summary>
/// <param name="Resource"><c>repo</c>, <c>rpc</c>, or one that is not known here.</param>
/// <param name="Parameters">Everything else but the type.</param>
public sealed record LexiconPermission(string Resource, LexObject Parameters);
