using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>All that a server needs to know of another account.</summary>
/// <param name="Did">Its permanent name.</param>
/// <param name="Handle">Confirmed in both directions, or <see cref="Syntax.Handle.Invalid"/>.</param>
/// <param name="SigningKey">What its repository's commits are signed with.</param>
/// <param name="Pds">Where its repository is.</param>
public sealed record ResolvedIdentity(Did Did, Handle Handle, DidKey SigningKey, Uri Pds);
