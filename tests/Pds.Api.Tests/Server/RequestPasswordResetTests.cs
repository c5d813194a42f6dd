using System.Diagnostics;
using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RequestPasswordResetTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.requestPasswordReset";

    [Fact]
    public async Task Sends_a_code_to_the_account_with_that_address_in_any_case()
    {
        var alice = await pds.SignUpAsync();

        (await AskAsync(alice.Email.ToUpperInvariant())).Ok();

        var letter = pds.Mail.Last<Letter.ResetPassword>(alice); // to the address as the account has it, not as somebody typed it
        Assert.Equal(alice.Handle, letter.Handle.Value);
        Assert.Matches(@"^[A-Z2-7]{5}-[A-Z2-7]{5}\z", letter.Code.Reveal());
    }

    [Fact]
    public async Task Does_not_tell_who_has_an_account()
    {
        var alice = await pds.SignUpAsync();
        string[] addresses =
        [
            alice.Email, "nobody-at-all@example.com", "", "nobody", $"{alice.Email} ", $"{alice.Email}\r\nBcc: x@example.com", $"{new string('x', 10_240)}@example.com", alice.Handle,
        ];

        var answers = await Task.WhenAll(addresses.Select(TimeAsync));

        Assert.All(answers, answer => answer.Answer.Ok());
        Assert.Single(answers.Select(answer => ShownOf(answer.Answer)).Distinct());
        Assert.All(answers, answer => Assert.InRange(answer.Duration.TotalMilliseconds, 500, 20_000));
        Assert.Equal(alice.Email, Assert.Single(pds.Mail.Letters.OfType<Letter.ResetPassword>(), letter => letter.Handle.Value == alice.Handle).To);
    }

    [Fact]
    public async Task Does_not_tell_by_a_failure_of_the_mail_server_either_and_the_earlier_code_goes_on_working()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var code = await pds.AskToResetAsync(alice);

        using (pds.WithoutMail())
        {
            var answers = await Task.WhenAll(AskAsync(alice.Email), AskAsync(bob.Email), AskAsync("nobody-at-all@example.com"));
            Assert.Single(answers.Select(ShownOf).Distinct());
        }

        Assert.Equal(0, pds.CountCodes(bob));
        (await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = code, password = "another" })).Ok();
    }

    [Fact]
    public async Task Many_at_once_for_one_account_leave_one_code_that_works()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(alice.Email)));

        Assert.All(answers, answer => answer.Ok());
        Assert.Equal(1, pds.CountCodes(alice));
        var resets = new List<XrpcAnswer>();
        foreach (var letter in pds.Mail.Letters.OfType<Letter.ResetPassword>().Where(letter => letter.To == alice.Email))
            resets.Add(await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = letter.Code.Reveal(), password = "another" }));
        Assert.Equal(6, resets.Count);
        Assert.Single(resets, reset => reset.Error is null);
    }

    [Fact]
    public async Task Serves_accounts_in_every_state()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        Assert.NotEmpty(await pds.AskToResetAsync(alice));
        Assert.NotEmpty(await pds.AskToResetAsync(bob));
    }

    [Fact]
    public async Task Looks_at_no_credentials()
    {
        var stray = new XrpcClient(pds.Url) { Authorization = "Bearer nonsense" };

        (await stray.PostAsync(Method, new { email = "nobody-at-all@example.com" })).Ok();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":null}""")]
    [InlineData("""{"email":["a@example.com"]}""")]
    [InlineData("nonsense")]
    public async Task Refuses_a_body_that_lacks_what_it_takes(string body) =>
        (await pds.Anyone.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    private static string ShownOf(XrpcAnswer answer) => string.Join(
        '\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {header.Value}").Order().Prepend($"{answer.Status} {answer.Text}"));

    private Task<XrpcAnswer> AskAsync(string email) => pds.Anyone.PostAsync(Method, new { email });

    private async Task<(XrpcAnswer Answer, TimeSpan Duration)> TimeAsync(string email)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await AskAsync(email);
        return (answer, Stopwatch.GetElapsedTime(started));
    }
}
