using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Mail.Letters;
using Pds.Infrastructure.Mail.Mime;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Mail;

/// <summary>Letters, and the server that sends them.</summary>
internal static class Samples
{
    public const string Code = "4F2TK-QZ7XA";

    public const string To = "alice@example.org";

    public static ServiceOptions Service { get; } = new()
    {
        Hostname = "pds.example.com",
        PublicUrl = "https://pds.example.com",
        Did = Did.Parse("did:web:pds.example.com"),
        IsSandbox = false,
        Version = "1",
        InviteRequired = false,
        Name = "Example Community",
        SupportUrl = "https://example.com/help",
        TermsOfServiceUrl = "https://example.com/terms?a=1&b=2",
    };

    public static Letter.ResetPassword Reset { get; } = new(To, Handle.Parse("alice.example.com"), Secret.Of(Code));

    public static Mailbox Box(string text) => Mailbox.TryParse(text, out var mailbox) ? mailbox : throw new FormatException(text);

    public static WrittenLetter Write(Letter letter, ServiceOptions? service = null, BrandingOptions? branding = null) =>
        new LetterWriter(service ?? Service, branding ?? new BrandingOptions()).Write(letter);

    /// <summary>The reset letter, ready to go.</summary>
    public static OutgoingMail Mail(string from = "noreply@example.com", string to = To) => Mail(Write(Reset), from, to);

    public static OutgoingMail Mail(WrittenLetter letter, string from = "noreply@example.com", string to = To) =>
        new MessageFormat(Service, new FakeTime()).Write(Box(from), Box(to), letter);

    /// <summary>A letter of somebody's own words.</summary>
    public static WrittenLetter Saying(string subject, string text) => new(subject, text, text, isAutomatic: false, []);
}
