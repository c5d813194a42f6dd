using Pds.Application.Options;

namespace Pds.Application.Tests.Options;

public sealed class MailServerTests
{
    [Theory]
    [InlineData("smtp://mail.example.com", "mail.example.com", 587, false)]
    [InlineData("smtp://mail.example.com/", "mail.example.com", 587, false)]
    [InlineData("smtp://localhost:1025", "localhost", 1025, false)]
    [InlineData("SMTPS://mail.example.com", "mail.example.com", 465, true)]
    [InlineData("smtps://mail.example.com:2465/", "mail.example.com", 2465, true)]
    [InlineData("smtp://127.0.0.1:25", "127.0.0.1", 25, false)]
    [InlineData("smtp://[::1]:25", "::1", 25, false)]
    public void A_server_is_a_host_and_a_port(string url, string host, int port, bool isTls)
    {
        Assert.True(MailServer.TryParse(url, out var server));

        Assert.Equal(new MailServer.Smtp(host, port, isTls, null), server);
    }

    [Theory]
    [InlineData("smtps://resend:re_abc@smtp.resend.com:465/", "resend", "re_abc")]
    [InlineData("smtps://me%40example.com:p%3Ass%2Fword%3F@mail.example.com", "me@example.com", "p:ss/word?")]
    [InlineData("smtps://me@example.com:pass@word@mail.example.com", "me@example.com", "pass@word")]
    [InlineData("smtp://apikey:SG.a-b_c:d+e@mail.example.com:587", "apikey", "SG.a-b_c:d+e")]
    [InlineData("smtp://j%C3%BCrgen:gr%C3%BCn@mail.example.com", "jürgen", "grün")]
    public void Credentials_stand_before_the_last_at(string url, string user, string password)
    {
        Assert.True(MailServer.TryParse(url, out var server));

        var credentials = Assert.IsType<MailServer.Smtp>(server).Credentials!;
        Assert.Equal((user, password), (credentials.User.Reveal(), credentials.Password.Reveal()));
    }

    [Fact]
    public void Prints_neither_user_nor_password()
    {
        Assert.True(MailServer.TryParse("smtps://mailer7:hunter2@mail.example.com", out var server));

        Assert.Contains("mail.example.com", server.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("mailer7", server.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", server.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp:///?sendmail=true")]
    [InlineData("smtp://?sendmail=true")]
    public void The_machines_own_program_is_an_option(string url) => Assert.True(MailServer.TryParse(url, out var server) && server is MailServer.Sendmail);

    [Theory]
    [InlineData("smtp://localhost:25/", false)]
    [InlineData("smtp:///?sendmail=true", false)]
    [InlineData("smtp://localhost:25/?pool=true", true)]
    [InlineData("smtps://localhost/?tls.rejectUnauthorized=false", true)]
    [InlineData("smtp:///?sendmail=true&newline=unix", true)]
    public void Options_that_nothing_obeys_are_noticed(string url, bool isNoticed)
    {
        Assert.True(MailServer.TryParse(url, out var server));

        Assert.Equal(isNoticed, server.HasOtherOptions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mail.example.com")]
    [InlineData("http://mail.example.com")]
    [InlineData("smtp://")]
    [InlineData("smtp://:25")]
    [InlineData("smtp://mail.example.com:0")]
    [InlineData("smtp://mail.example.com:65536")]
    [InlineData("smtp://mail.example.com:99999999999")]
    [InlineData("smtp://user@mail.example.com")]
    [InlineData("smtp://:password@mail.example.com")]
    [InlineData("smtp://user:@mail.example.com")]
    [InlineData("smtp://user:pass/word@mail.example.com")]
    [InlineData("smtp://user:12#34@mail.example.com")]
    [InlineData("smtp://user:pass%00word@mail.example.com")]
    [InlineData("smtp://mail example.com")]
    [InlineData("smtp://mail.example.com/path")]
    public void Refuses_what_names_no_server(string url) => Assert.False(MailServer.TryParse(url, out _));
}
