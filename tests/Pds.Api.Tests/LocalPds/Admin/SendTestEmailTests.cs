using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.sendTestEmail</c></summary>
public sealed class SendTestEmailTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.sendTestEmail";

    [Fact]
    public async Task Sends_a_letter_to_whom_the_operator_names()
    {
        (await pds.Admin.PostAsync(Method, new { to = "operator@example.com" })).Ok();

        Assert.Contains(pds.Mail.Letters, letter => letter is Letter.Test { To: "operator@example.com" });
    }

    [Fact]
    public async Task Says_what_the_mail_server_says()
    {
        pds.Mail.Failure = XrpcException.UpstreamFailure("The mail server refuses the recipient");
        try
        {
            Assert.Equal("The mail server refuses the recipient", (await pds.Admin.PostAsync(Method, new { to = "operator@example.com" })).Refused(502, "UpstreamFailure").Message);
        }
        finally
        {
            pds.Mail.Failure = null;
        }
    }

    [Fact]
    public async Task Is_the_administrators_alone() => (await pds.Anyone.PostAsync(Method, new { to = "a@example.com" })).Refused(401, "AuthenticationRequired");
}
