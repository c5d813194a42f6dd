using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Pds.Infrastructure.Mail;

/// <summary>Hands mail to the machine's own mail program, which reads the recipient from the message.</summary>
internal sealed class SendmailTransport(string program = "/usr/sbin/sendmail") : IMailTransport
{
    private const int MaxComplaint = 500;

    public async Task DeliverAsync(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(Command()) ?? throw new MailException($"{program} did not start");
            using var end = ct.Register(() => Kill(process));
            var complaint = process.StandardError.ReadToEndAsync(ct);
            await WriteAsync(process, mail.Content, ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0) throw new MailException($"{program} ended with {process.ExitCode}: {Shortened(mail.Masked(await complaint))}");
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            ct.ThrowIfCancellationRequested();
            throw new MailException($"{program} could not be used: {failure.Message}", failure);
        }
    }

    /// <summary>-t: the recipient is in the message. -i: a line with a dot alone does not end it.</summary>
    private ProcessStartInfo Command() => new(program, ["-t", "-i"]) { RedirectStandardInput = true, RedirectStandardError = true };

    /// <summary>Programs of this machine end lines as it does.</summary>
    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content.Span).ReplaceLineEndings()), ct);
        }
        catch (IOException)
        {
            // It did not read to the end: its exit code says why.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
        }
    }

    private static string Shortened(string text) => text.Length > MaxComplaint ? text[..MaxComplaint] : text.Trim();
}
