using Pds.Api.Configuration;
using Pds.Application.Options;

namespace Pds.Api.Tests.Configuration;

public sealed class MailSettingsTests : IDisposable
{
    private const string Url = "smtps://mailer7:hunter2@mail.example.com";

    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_sandbox_keeps_its_mail_in_a_folder()
    {
        var mail = _server.Read().Mail;

        Assert.Equal(new MailServer.Folder(_server.PathOf("mail")), mail.Accounts.Server);
        Assert.Equal(mail.Accounts, mail.Moderators);
        Assert.Equal("noreply@localhost", mail.Accounts.From.Address);
    }

    [Fact]
    public void A_sandbox_with_a_mail_server_uses_it() =>
        Assert.IsType<MailServer.Smtp>(_server.Read(("PDS_EMAIL_SMTP_URL", "smtp://localhost:1025"), ("PDS_EMAIL_FROM_ADDRESS", "a@example.com")).Mail.Accounts.Server);

    [Fact]
    public void A_public_server_without_a_mail_server_warns_that_it_sends_none()
    {
        var options = _server.Read(ScratchServer.Public());

        Assert.IsType<MailServer.None>(options.Mail.Accounts.Server);
        Assert.Contains("PDS_EMAIL_SMTP_URL is not set, so this server cannot send mail: nobody can confirm an address or get a new password", options.Warnings);
    }

    [Fact]
    public void A_public_server_with_a_mail_server_warns_of_nothing()
    {
        var options = _server.Read([.. ScratchServer.Public(), ("PDS_EMAIL_SMTP_URL", Url), ("PDS_EMAIL_FROM_ADDRESS", "Example <noreply@example.com>")]);

        Assert.Equal("Example <noreply@example.com>", options.Mail.Accounts.From.ToString());
        Assert.DoesNotContain(options.Warnings, warning => warning.Contains("EMAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void What_moderators_write_goes_as_other_mail_does_unless_something_else_is_said()
    {
        (string, string)[] usual = [("PDS_EMAIL_SMTP_URL", Url), ("PDS_EMAIL_FROM_ADDRESS", "noreply@example.com")];

        var same = _server.Read(usual).Mail;
        var sender = _server.Read([.. usual, ("PDS_MODERATION_EMAIL_ADDRESS", "moderators@example.com")]).Mail;
        var both = _server.Read([.. usual, ("PDS_MODERATION_EMAIL_ADDRESS", "moderators@example.com"), ("PDS_MODERATION_EMAIL_SMTP_URL", "smtp://localhost:25")]).Mail;
        var alone = _server.Read(("PDS_MODERATION_EMAIL_ADDRESS", "moderators@example.com"), ("PDS_MODERATION_EMAIL_SMTP_URL", "smtp://localhost:25")).Mail;

        Assert.Equal(same.Accounts, same.Moderators);
        Assert.Equal(("moderators@example.com", same.Accounts.Server), (sender.Moderators.From.Address, sender.Moderators.Server));
        Assert.Equal(new MailServer.Smtp("localhost", 25, TlsFromStart: false, null), both.Moderators.Server);
        Assert.IsType<MailServer.Smtp>(alone.Moderators.Server);
        Assert.IsType<MailServer.Folder>(alone.Accounts.Server);
    }

    [Theory]
    [InlineData("PDS_EMAIL_SMTP_URL", "PDS_EMAIL_FROM_ADDRESS")]
    [InlineData("PDS_MODERATION_EMAIL_SMTP_URL", "PDS_MODERATION_EMAIL_ADDRESS")]
    public void A_mail_server_without_a_sender_stops_the_start(string url, string sender)
    {
        var refusal = _server.Refuses((url, Url));

        Assert.Equal($"{url} is set, so {sender} must be: mail needs a sender", refusal.Message);
    }

    [Theory]
    [InlineData("PDS_EMAIL_SMTP_URL", "smtp://mailer7:hunter2/x@mail.example.com")]
    [InlineData("PDS_EMAIL_SMTP_URL", "smtps://mailer7@mail.example.com/hunter2")]
    [InlineData("PDS_MODERATION_EMAIL_SMTP_URL", "mailer7:hunter2@mail.example.com")]
    public void A_malformed_url_is_named_and_not_printed(string variable, string url)
    {
        var refusal = _server.Refuses((variable, url));

        Assert.StartsWith($"{variable} is not an smtp or smtps URL with a host", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mailer7", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_url_is_never_printed()
    {
        var options = _server.Read(("PDS_EMAIL_SMTP_URL", Url), ("PDS_EMAIL_FROM_ADDRESS", "noreply@example.com"));

        Assert.DoesNotContain("mailer7", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_nothing_obeys_are_warned_of_without_their_names()
    {
        var options = _server.Read(("PDS_EMAIL_SMTP_URL", "smtps://mail.example.com/?tls.rejectUnauthorized=false"), ("PDS_EMAIL_FROM_ADDRESS", "noreply@example.com"));

        Assert.Equal(["PDS_EMAIL_SMTP_URL has options that have no effect: of what follows a '?' this server knows sendmail=true alone"], options.Warnings);
    }

    [Theory]
    [InlineData("PDS_EMAIL_FROM_ADDRESS", "noreply", "not an email address, alone or as 'Name <address>'")]
    [InlineData("PDS_EMAIL_FROM_ADDRESS", "a@example.com, b@example.com", "not an email address, alone or as 'Name <address>'")]
    [InlineData("PDS_PRIMARY_COLOR", "red;background:url(//evil)", "not a colour like #0b62d6 or rgb(11, 98, 214)")]
    [InlineData("PDS_PRIMARY_COLOR", "#12345", "not a colour like #0b62d6 or rgb(11, 98, 214)")]
    public void A_malformed_sender_or_colour_stops_the_start(string variable, string value, string complaint) =>
        Assert.Contains(complaint, _server.Refuses((variable, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("#0b6")]
    [InlineData("#0B62d6")]
    [InlineData("rgb(11, 98,214)")]
    public void A_colour_is_CSS(string colour) => Assert.Equal(colour, _server.Read(("PDS_PRIMARY_COLOR", colour)).Branding.PrimaryColor);
}
