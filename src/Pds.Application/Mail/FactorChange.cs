namespace Pds.Application.Mail;

/// <summary>What happened to an account's second factors, as its owner is told of it.</summary>
public enum FactorChange
{
    /// <summary>Signing in takes a code of an authenticator app from now on.</summary>
    AuthenticatorAdded,

    /// <summary>It takes none any more.</summary>
    AuthenticatorRemoved,

    /// <summary>A passkey signs in from now on, alone or beside the password.</summary>
    PasskeyAdded,

    /// <summary>It does not any more.</summary>
    PasskeyRemoved,

    /// <summary>There are new backup codes, and the earlier ones are void.</summary>
    BackupCodesReplaced,

    /// <summary>Signing in takes a code that is sent by mail from now on.</summary>
    EmailAdded,

    /// <summary>It takes none any more: its owner switched that off, or the account has another address.</summary>
    EmailRemoved,

    /// <summary>The operator took every second factor away, for somebody who had lost them.</summary>
    RemovedByOperator,
}
