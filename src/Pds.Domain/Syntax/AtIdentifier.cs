using System.Diagnostics.CodeAnalysis;

namespace Pds.Domain.Syntax;

/// <summary>Names an account either way: exactly one of <see cref="Did"/> and <see cref="Handle"/> is set.</summary>
public sealed record AtIdentifier : ISyntax<AtIdentifier>
{
    private AtIdentifier(Did? did, Handle? handle) => (Did, Handle) = (did, handle);

    public Did? Did { get; }

    public Handle? Handle { get; }

    public static AtIdentifier Of(Did did) => new(did, null);

    public static AtIdentifier Of(Handle handle) => new(null, handle);

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out AtIdentifier identifier)
    {
        identifier = Syntax.Did.TryParse(text, out var did) ? new AtIdentifier(did, null)
            : Syntax.Handle.TryParse(text, out var handle) ? new AtIdentifier(null, handle)
            : null;
        return identifier is not null;
    }

    public static AtIdentifier Parse(string text) => AtSyntax.Parse<AtIdentifier>(text);

    public override string ToString() => Did?.Value ?? Handle!.Value;
}
