using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>An account's authenticator app.</summary>
/// <param name="ConfirmedAt">When its owner showed that the app has the secret: from then on signing in takes a code. Null while it is being set up.</param>
/// <param name="LastStep">The step whose code was used last; it and those before are good no more.</param>
public sealed record TotpFactor(Did Did, TotpSecret Secret, DateTimeOffset? ConfirmedAt = null, long LastStep = 0)
{
    public bool IsOn => ConfirmedAt is not null;
}
