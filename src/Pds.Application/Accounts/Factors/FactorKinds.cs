namespace Pds.Application.Accounts.Factors;

/// <summary>Which second factors a sign-in takes: any one of them.</summary>
[Flags]
public enum FactorKinds
{
    /// <summary>None: the password is enough.</summary>
    None = 0,

    /// <summary>A code of the account's authenticator app, or a backup code.</summary>
    AuthenticatorApp = 1,

    /// <summary>A code that was sent by mail. Only where there is nothing stronger.</summary>
    Mail = 2,

    /// <summary>A passkey, or a backup code.</summary>
    Passkey = 4,
}
