namespace Pds.Domain.Lexicon.Schemas;

/// <summary>A field that an <see cref="ObjectSchema"/> knows. Absent and null are different things: see <paramref name="IsRequired"/> and <paramref name="IsNullable"/>.</summary>
public sealed record ObjectProperty(string Name, LexiconSchema Schema, bool IsRequired, bool IsNullable);
