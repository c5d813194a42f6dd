using Pds.Api.Cli;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>mail test</c></summary>
public sealed class MailTestTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Sends_a_letter()
    {
        Assert.Equal(["The mail server has taken a letter to operator@example.com"], (await CliRun.OnAsync(pds, "mail", "test", "operator@example.com")).Done().Lines);

        Assert.Contains(pds.Mail.Letters, letter => letter is Letter.Test { To: "operator@example.com" });
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts() =>
        Assert.Equal("script@example.com", (await CliRun.OnAsync(pds, "mail", "test", "script@example.com", "--json")).Done().Json.GetProperty("to").GetString());

    [Fact]
    public async Task Says_what_the_mail_server_says()
    {
        pds.Mail.Failure = XrpcException.UpstreamFailure("The mail server refuses the recipient");
        try
        {
            (await CliRun.OnAsync(pds, "mail", "test", "operator@example.com")).Refused(ExitCode.Refused, "The mail server refuses the recipient");
        }
        finally
        {
            pds.Mail.Failure = null;
        }
    }
}
