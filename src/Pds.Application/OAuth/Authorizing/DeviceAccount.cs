using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>An account that somebody is signed in to in the browser that asks. The page vouches for it: by its cookie, or by the password that was entered just now.</summary>
/// <param name="SignedInAt">When the password was last entered there.</param>
public sealed record DeviceAccount(Did Did, DateTimeOffset SignedInAt);
