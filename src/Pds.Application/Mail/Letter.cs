using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Mail;

/// <summary>What is sent by mail, in the protocol's terms; how it is worded and laid out is the mailer's.</summary>
/// <param name="To">One address.</param>
public abstract record Letter(string To)
{
    /// <summary>A letter whose point is a code, which works for <see cref="EmailToken.Lifetime"/>.</summary>
    public abstract record WithCode(string To, Handle Handle, Secret Code) : Letter(To);

    /// <summary>Proves that the address is the account's.</summary>
    public sealed record ConfirmEmail(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    /// <summary>Sent to the present address before another takes its place.</summary>
    public sealed record UpdateEmail(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    public sealed record ResetPassword(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    public sealed record DeleteAccount(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    /// <summary>Confirms that the account's owner wants a change to its DID signed.</summary>
    public sealed record PlcOperation(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    /// <summary>The second factor of a sign-in.</summary>
    public sealed record SignIn(string To, Handle Handle, Secret Code) : WithCode(To, Handle, Code);

    /// <summary>Tells that something about the second factors has changed, for the case that it was not the account's owner. Sent to the address that the account had before.</summary>
    public sealed record FactorChanged(string To, Handle Handle, FactorChange Change) : Letter(To);

    /// <summary>Tells the operator that there is a report to look at, where there was none before.</summary>
    public sealed record FirstReport(string To, long Report) : Letter(To);

    /// <summary>What a moderator or the operator writes to an account.</summary>
    /// <param name="Content">HTML, as moderation tools write it, or plain text.</param>
    public sealed record FromModerators(string To, string Subject, string Content) : Letter(To);

    /// <summary>Shows the operator that mail works.</summary>
    public sealed record Test(string To) : Letter(To);
}
