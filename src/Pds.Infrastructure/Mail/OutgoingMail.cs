using Pds.Application.Mail;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Mail;

/// <summary>A message as it goes out, and the envelope it goes in. Deliberately no record: it does not print itself.</summary>
/// <param name="from">Who gets it back if it cannot be delivered.</param>
/// <param name="to">One recipient.</param>
/// <param name="subject">For the log.</param>
/// <param name="content">The whole message: lines end with CR LF, and none is longer than 998 bytes.</param>
/// <param name="secrets">What the log must not show even if a mail server says it.</param>
internal sealed class OutgoingMail(Mailbox from, Mailbox to, string subject, ReadOnlyMemory<byte> content, IReadOnlyList<Secret> secrets)
{
    public Mailbox From => from;

    public Mailbox To => to;

    public string Subject => subject;

    public ReadOnlyMemory<byte> Content => content;

    /// <summary>Whether only a server with SMTPUTF8 can take it (RFC 6531).</summary>
    public bool NeedsUtf8 => !from.IsAscii || !to.IsAscii;

    /// <summary>What somebody else said, without the letter's secrets.</summary>
    public string Masked(string text) => secrets.Aggregate(text, (masked, secret) => masked.Replace(secret.Reveal(), secret.ToString(), StringComparison.OrdinalIgnoreCase));
}
