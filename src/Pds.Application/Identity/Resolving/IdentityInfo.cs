using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Resolving;

/// <summary>A whole identity (<c>com.atproto.identity.defs#identityInfo</c>).</summary>
/// <param name="Handle">Confirmed in both directions, or <see cref="Domain.Syntax.Handle.Invalid"/>.</param>
public sealed record IdentityInfo(Did Did, Handle Handle, DidDocument DidDoc);
