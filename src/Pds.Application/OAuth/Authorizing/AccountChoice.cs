using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>An account of the browser, and what is still to be asked of its owner for one authorization request.</summary>
/// <param name="NeedsSignIn">The password must be entered again: it was too long ago, or the client asked for that.</param>
/// <param name="NeedsConsent">The client has not had this consent before, or wants it again.</param>
public sealed record AccountChoice(Did Did, Handle Handle, bool NeedsSignIn, bool NeedsConsent);
