using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A name that is a did:web whose account has left; without the rest, it was deleted.</summary>
internal sealed class DepartedNameRow
{
    public required Handle Name { get; init; }

    public string? Pds { get; init; }

    public DidKey? SigningKey { get; init; }

    public Handle? Handle { get; init; }
}
