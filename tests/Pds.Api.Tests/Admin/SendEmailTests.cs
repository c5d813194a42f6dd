using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class SendEmailTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.sendEmail";
    private const string Sender = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    [Fact]
    public async Task Writes_to_the_accounts_address()
    {
        var alice = await pds.SignUpAsync();

        var sent = (await pds.Admin.PostAsync(Method, new { recipientDid = alice.Did.Value, content = "<p>Hello</p>", subject = "About your post", senderDid = Sender })).Ok();

        Assert.True(sent.GetProperty("sent").GetBoolean());
        Assert.Equal(new Letter.FromModerators(alice.Email, "About your post", "<p>Hello</p>"), pds.Mail.Last<Letter.FromModerators>(alice));
    }

    [Fact]
    public async Task Has_a_subject_where_none_is_given_and_keeps_the_comment_to_itself()
    {
        var alice = await pds.SignUpAsync();

        (await pds.Admin.PostAsync(Method, new { recipientDid = alice.Did.Value, content = "Hello", senderDid = Sender, comment = "third time" })).Ok();

        var letter = pds.Mail.Last<Letter.FromModerators>(alice);
        Assert.Equal("Message via your PDS", letter.Subject);
        Assert.DoesNotContain("third time", letter.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reaches_accounts_that_are_taken_down_or_deactivated()
    {
        var (alice, bob) = (await pds.SignUpAsync("alice"), await pds.SignUpAsync("bob"));
        await pds.TakeDownAsync(alice.Did);
        await pds.DeactivateAsync(bob.Did);

        foreach (var actor in new[] { alice, bob })
        {
            (await pds.Admin.PostAsync(Method, new { recipientDid = actor.Did.Value, content = "Hello", senderDid = Sender })).Ok();
            Assert.Equal("Hello", pds.Mail.Last<Letter.FromModerators>(actor).Content);
        }
    }

    [Fact]
    public async Task Refuses_a_recipient_that_is_not_here()
    {
        var refusal = (await pds.Admin.PostAsync(Method, new { recipientDid = Sender, content = "Hello", senderDid = Sender })).Refused(400, "InvalidRequest");

        Assert.Equal("Recipient not found", refusal.Message);
    }

    [Theory]
    [InlineData("""{"content":"Hello","senderDid":"did:web:example.com"}""")]
    [InlineData("""{"recipientDid":"did:web:example.com","senderDid":"did:web:example.com"}""")]
    [InlineData("""{"recipientDid":"did:web:example.com","content":"Hello"}""")]
    [InlineData("""{"recipientDid":"alice.test","content":"Hello","senderDid":"did:web:example.com"}""")]
    [InlineData("""{"recipientDid":"did:web:example.com","content":7,"senderDid":"did:web:example.com"}""")]
    public async Task Refuses_input_that_is_not_whole(string body) => (await pds.Admin.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Refuses_a_subject_that_is_no_subject()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Admin.PostAsync(Method, new { recipientDid = alice.Did.Value, content = "Hello", senderDid = Sender, subject = new string('x', 1_001) });

        Assert.Equal("Subject too long. Maximum length is 1000 characters.", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_content_beyond_the_limit_of_bodies() =>
        (await pds.Admin.PostAsync(Method, new { recipientDid = Sender, content = new string('x', 200_000), senderDid = Sender })).Refused(413, "PayloadTooLargeError");

    [Fact]
    public async Task Is_not_for_users()
    {
        var alice = await pds.SignUpAsync();
        var input = new { recipientDid = alice.Did.Value, content = "Hello", senderDid = Sender };

        (await pds.Anyone.PostAsync(Method, input)).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.PostAsync(Method, input)).Status);
        Assert.DoesNotContain(pds.Mail.Letters, letter => letter.To == alice.Email);
    }

    [Fact]
    public async Task Tells_that_the_mail_was_not_sent()
    {
        var alice = await pds.SignUpAsync();
        pds.Mail.Failure = XrpcException.UpstreamFailure("The mail server did not take the mail");
        try
        {
            (await pds.Admin.PostAsync(Method, new { recipientDid = alice.Did.Value, content = "Hello", senderDid = Sender })).Refused(502, "UpstreamFailure");
        }
        finally
        {
            pds.Mail.Failure = null;
        }
    }
}
