using Pds.Application.Mail;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Mail.Letters;

/// <summary>Every text that is sent by mail, in English.</summary>
internal static class LetterTexts
{
    private const string KeepItSecret = "Do not share this code. Nobody who helps you will ask for it.";
    private const string ChangePassword = "If you did not ask for this, somebody may be signed in to your account: do not use the code, and change your password.";

    public static string CodeWorksFor { get; } = $"The code works for {EmailToken.Lifetime.TotalMinutes:0} minutes.";

    /// <summary>What a kind of letter says around its code.</summary>
    /// <param name="letter">Its content is not looked at.</param>
    /// <param name="service">What the server is called.</param>
    public static LetterText Of(Letter letter, string service) => letter switch
    {
        Letter.ConfirmEmail confirm => new(
            "Confirm your email address",
            $"Enter this code in your app to confirm that this is the email address of @{confirm.Handle}.",
            KeepItSecret,
            "If you have no such account, somebody has mistaken your address for theirs. Ignore this mail, and nothing happens."),
        Letter.UpdateEmail update => new(
            "Change your email address",
            $"Enter this code in your app, together with the new address, to change the email address of @{update.Handle}.",
            KeepItSecret,
            ChangePassword),
        Letter.ResetPassword reset => new(
            "Reset your password",
            $"Enter this code in your app to choose a new password for @{reset.Handle}.",
            KeepItSecret,
            "If you did not ask for this, ignore this mail. Your password stays as it is."),
        Letter.DeleteAccount delete => new(
            "Delete your account",
            $"Enter this code in your app, together with your password, to delete @{delete.Handle} and everything in it. This cannot be undone.",
            KeepItSecret,
            ChangePassword),
        Letter.PlcOperation change => new(
            "Change your account's identity",
            $"Enter this code in your app to change the identity of @{change.Handle}: its keys, its name, or the server that keeps it. Moving to another server asks for it.",
            "Whoever has this code can take the account away from you for good. Do not share it. Nobody who helps you will ask for it.",
            ChangePassword),
        Letter.SignIn signIn => new(
            "Your sign-in code",
            $"Enter this code to finish signing in as @{signIn.Handle}.",
            KeepItSecret,
            "If you are not signing in, somebody knows your password: do not use the code, and change your password."),
        Letter.FactorChanged changed => new(Subject(changed.Change), Opening(changed), Closing(changed.Change)),
        Letter.FirstReport first => new(
            "There is a report to look at",
            $"Report {first.Report} came in at {service}: pds report show {first.Report}.",
            "While there are open reports, no other mail is sent about new ones: pds report list has them all."),
        Letter.Test => new($"A test mail from {service}", $"If you can read this, {service} can send mail. There is nothing to do."),
        Letter.FromModerators written => new(written.Subject, ""),
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter.GetType().Name, "There is no text for this kind of letter"),
    };

    private static string Subject(FactorChange change) => change switch
    {
        FactorChange.AuthenticatorAdded or FactorChange.EmailAdded => "Signing in takes a code now",
        FactorChange.PasskeyAdded => "A passkey was added",
        FactorChange.PasskeyRemoved => "A passkey was removed",
        FactorChange.BackupCodesReplaced => "New backup codes",
        _ => "Signing in takes no code any more",
    };

    private static string Opening(Letter.FactorChanged changed) => changed.Change switch
    {
        FactorChange.AuthenticatorAdded => $"An authenticator app was set up for @{changed.Handle}. Signing in takes its code beside the password, or a backup code.",
        FactorChange.AuthenticatorRemoved => $"The authenticator app of @{changed.Handle} was removed. Backup codes go with the last factor that they stand in for.",
        FactorChange.PasskeyAdded => $"A passkey was added to @{changed.Handle}. It signs in without the password, and the password alone is not enough any more.",
        FactorChange.PasskeyRemoved => $"A passkey of @{changed.Handle} was removed: it does not sign in any more.",
        FactorChange.BackupCodesReplaced => $"New backup codes were made for @{changed.Handle}. The earlier ones do not work any more.",
        FactorChange.EmailAdded => $"Signing in as @{changed.Handle} takes a code beside the password from now on, which is sent to this address.",
        FactorChange.EmailRemoved => $"Signing in as @{changed.Handle} does not take a code by mail any more.",
        FactorChange.RemovedByOperator => $"The operator of the server removed the second factors of @{changed.Handle}: the password alone is enough to sign in.",
        _ => throw new ArgumentOutOfRangeException(nameof(changed), changed.Change, "There is no text for this change"),
    };

    private static string[] Closing(FactorChange change) => change == FactorChange.RemovedByOperator
        ? ["If you asked for that, set up a new passkey, authenticator app or codes by mail.", "If you did not, somebody may have asked in your name: change your password, and tell the operator."]
        : ["If this was you, there is nothing to do.", "If it was not, somebody is signed in to your account: change your password, which ends every session, and tell the operator of the server."];

    public static string SentBy(string service, string to) => $"{service} sent this to {to}.";

    public static string SentByModerators(string service, string to) => $"The moderators of {service} sent this to {to}.";
}
