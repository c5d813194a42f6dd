using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pds.Application.Ports;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Outbound;

namespace Pds.TestKit.Mail;

/// <summary>A server that really sends its mail: to a mail server of the test's, over TLS, with a password. Its log is kept.</summary>
public class MailPdsFixture : PdsFixture
{
    public LocalMailServer MailServer { get; } = new() { Certificate = TestCertificates.ForLoopback, Mechanisms = ["PLAIN", "LOGIN"] };

    public RecordedLog Log { get; } = new();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Pds:Mail:SmtpUrl"] = $"smtp://{MailServer.User}:{Uri.EscapeDataString(MailServer.Password)}@localhost:{MailServer.Port}",
        ["Pds:Mail:From"] = "Example <noreply@example.com>",
        ["Pds:Mail:Moderation:From"] = "moderators@example.com",
        ["Pds:Service:Name"] = "Example Community",
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft"] = "Critical",
    };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        MailServer.Dispose();
        Log.Dispose();
    }

    protected override void Adjust(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<IMailer, LetterMailer>(); // the fixture's own stands before it
        builder.Services.AddSingleton(new TlsTrust([TestCertificates.Authority]));
    }
}
