namespace Pds.Infrastructure.Mail;

/// <summary>Why a mail was not taken. The message is for the log: it may tell what the mail server is and says, but no code and no password.</summary>
internal sealed class MailException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether it is the recipient's address that was refused, for good.</summary>
    public bool IsRecipientRefused { get; init; }
}
