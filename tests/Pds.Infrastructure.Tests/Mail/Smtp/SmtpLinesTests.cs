using Pds.Infrastructure.Mail.Smtp;

namespace Pds.Infrastructure.Tests.Mail.Smtp;

public sealed class SmtpLinesTests
{
    [Theory]
    [InlineData("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>")]
    [InlineData("MAIL\n")]
    [InlineData("MAIL\r")]
    public async Task A_command_is_one_line(string command) =>
        await Assert.ThrowsAsync<ArgumentException>(() => new SmtpLines(new MemoryStream()).WriteLineAsync(command, CancellationToken.None));

    [Theory]
    [InlineData("250 ok\r\n", 250, "ok")]
    [InlineData("250 ok\n", 250, "ok")]
    [InlineData("250\r\n", 250, "")]
    [InlineData("250-one\r\n250-two\r\n250 three\r\n", 250, "one|two|three")]
    [InlineData("354-\r\n354\r\n", 354, "|")]
    public async Task A_reply_has_one_line_or_more(string text, int code, string lines)
    {
        var reply = await new SmtpLines(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))).ReadReplyAsync(CancellationToken.None);

        Assert.Equal(code, reply.Code);
        Assert.Equal(lines.Split('|'), reply.Lines);
    }
}
