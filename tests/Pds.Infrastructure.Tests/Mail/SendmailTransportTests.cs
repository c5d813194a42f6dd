using System.Runtime.Versioning;
using Pds.Infrastructure.Mail;
using Pds.TestKit.Mail;

namespace Pds.Infrastructure.Tests.Mail;

/// <summary>With programs of the test's in the place of the machine's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SendmailTransportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pds-sendmail-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_program_gets_the_whole_mail_and_finds_the_recipient_in_it()
    {
        var program = Program("""printf '%s ' "$@" > "$0.arguments"; cat > "$0.mail" """);

        await new SendmailTransport(program).DeliverAsync(Samples.Mail(), CancellationToken.None);

        Assert.Equal("-t -i ", await File.ReadAllTextAsync($"{program}.arguments"));
        var mail = await File.ReadAllTextAsync($"{program}.mail");
        Assert.DoesNotContain('\r', mail);
        Assert.Equal(Samples.To, ParsedMail.Parse(mail.ReplaceLineEndings("\r\n")).Headers["To"]);
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_its_complaint()
    {
        var program = Program($"echo 'no such user {Samples.Code}' >&2; exit 67");

        var failure = await Assert.ThrowsAsync<MailException>(() => new SendmailTransport(program).DeliverAsync(Samples.Mail(), CancellationToken.None));

        Assert.Equal($"{program} ended with 67: no such user •••", failure.Message);
    }

    [Fact]
    public async Task No_program_is_a_failure()
    {
        var failure = await Assert.ThrowsAsync<MailException>(
            () => new SendmailTransport(Path.Combine(_folder.FullName, "nothing")).DeliverAsync(Samples.Mail(), CancellationToken.None));

        Assert.Contains("could not be used", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        var program = Program("""echo $$ > "$0.pid"; exec sleep 60""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SendmailTransport(program).DeliverAsync(Samples.Mail(), patience.Token));

        var id = (await File.ReadAllTextAsync($"{program}.pid")).Trim();
        await TestKit.Eventually.IsTrueAsync(() => !Directory.Exists($"/proc/{id}"));
    }

    private string Program(string script)
    {
        var path = Path.Combine(_folder.FullName, "sendmail");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
