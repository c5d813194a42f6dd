using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>A name of this server's that is a did:web whose account has left. It is never given out again: whoever had it would be taken for the one before.</summary>
/// <param name="Name">The host name that the did:web consists of.</param>
/// <param name="MovedTo">Where the account is now; null where it was deleted, and the identity ended with it.</param>
public sealed record DepartedName(Handle Name, MovedAccount? MovedTo)
{
    public Did Did => Did.Web(Name.Value);
}

/// <summary>What a document says of an account that has moved to another server.</summary>
/// <param name="Pds">The other server: http or https, without a path.</param>
/// <param name="SigningKey">What the account's commits are signed with there.</param>
/// <param name="Handle">Its handle there.</param>
public sealed record MovedAccount(Uri Pds, DidKey SigningKey, Handle Handle);
