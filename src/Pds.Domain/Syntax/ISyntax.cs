using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Syntax;

/// <summary>A string format the protocol defines. Parse it once, at the edge; trust the type everywhere else.</summary>
/// <remarks>JSON, query strings and database columns each adapt this one interface, so a new format needs no other plumbing.</remarks>
public interface ISyntax<TSelf> : IParsable<TSelf> where TSelf : ISyntax<TSelf>
{
    static abstract bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out TSelf value);

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) => AtSyntax.Parse<TSelf>(s);

    static bool IParsable<TSelf>.TryParse(string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out TSelf result) =>
        TSelf.TryParse(s, out result);
}
