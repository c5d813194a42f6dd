namespace Pds.Application.Accounts.Factors;

/// <summary>Which second factor a sign-in takes.</summary>
public enum FactorKind
{
    /// <summary>A code of the account's authenticator app, or a backup code.</summary>
    AuthenticatorApp,

    /// <summary>A code that was sent by mail.</summary>
    Mail,
}
