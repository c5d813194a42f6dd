namespace Pds.TestKit.Mail;

/// <summary>What a mail server was handed.</summary>
/// <param name="From">The whole MAIL command.</param>
/// <param name="To">The whole RCPT command.</param>
/// <param name="Content">The message, each byte a character.</param>
/// <param name="User">As whom the client had authenticated itself; null for nobody.</param>
public sealed record ReceivedMail(string From, string To, string Content, string? User, bool IsTls)
{
    public ParsedMail Parsed => ParsedMail.Parse(Content);
}
