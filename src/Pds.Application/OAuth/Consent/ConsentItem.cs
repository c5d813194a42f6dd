namespace Pds.Application.OAuth.Consent;

/// <summary>One scope in plain words. A page shows texts of strangers (<paramref name="Claim"/>) as such, and all of this as text, never as markup.</summary>
/// <param name="Scope">The scope as the app wrote it: what the page gives back where the user agrees.</param>
/// <param name="Text">What it lets the app do.</param>
/// <param name="Details">What that is in particular: names of records, methods, and what a permission set holds.</param>
/// <param name="IsWide">Whether it knows no bounds within its topic, so that a page should say so in colour.</param>
/// <param name="IsRequired">Whether the app cannot be let in without it.</param>
/// <param name="Claim">What a permission set's author says about it; null for nothing.</param>
public sealed record ConsentItem(string Scope, string Text, IReadOnlyList<string> Details, bool IsWide = false, bool IsRequired = false, string? Claim = null);
