using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Pds.Infrastructure.Files;

namespace Pds.Infrastructure.Mail;

/// <summary>The sandbox's: each mail is a file that a mail program opens, and the newest thousand are kept.</summary>
internal sealed partial class FolderTransport(string folder, TimeProvider time, ILogger<FolderTransport> log) : IMailTransport
{
    public const int Capacity = 1_000;

    private readonly Lock _turn = new();

    public Task DeliverAsync(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            LogWritten(mail.To.Address, mail.Subject, Write(mail.Content.Span));
            return Task.CompletedTask;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MailException($"A file in {folder} could not be written: {failure.Message}", failure);
        }
    }

    private string Write(ReadOnlySpan<byte> content)
    {
        lock (_turn)
        {
            PrivateFile.CreateDirectory(folder);
            var moment = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss.fffffff'Z'", CultureInfo.InvariantCulture);
            var path = Path.Combine(folder, $"{moment}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.eml"); // in the order of their names
            PrivateFile.Create(path, Encoding.UTF8.GetString(content));

            string[] oldestFirst = [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal)];
            foreach (var old in oldestFirst.SkipLast(Capacity)) File.Delete(old);
            return path;
        }
    }

    [LoggerMessage(LogLevel.Information, "Mail to {Recipient}, '{Subject}', is in {File}")]
    private partial void LogWritten(string recipient, string subject, string file);
}
