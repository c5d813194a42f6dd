using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Consent;

/// <summary>One thing that people are asked about, or told of. The words for it are the page's.</summary>
/// <param name="Words">The scope as the app wrote it, and whatever else it wrote that means the same, with spaces between them: what the page gives back where the user agrees.</param>
/// <param name="IsWide">Whether it knows no bounds within its topic, so that a page should say so in colour.</param>
/// <param name="IsRequired">Whether the app cannot be let in without it.</param>
/// <param name="Set">What a permission set holds; null where it cannot be looked up now, and for other scopes.</param>
public sealed record ConsentItem(Scope Scope, string Words, bool IsWide = false, bool IsRequired = false, ConsentSet? Set = null);
