using Pds.TestKit;

namespace Pds.Api.Tests.Server;

/// <summary><c>createAccount</c> where a sign-up needs an invite code.</summary>
public sealed class InviteTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    private static int _names;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Refuses_a_sign_up_without_a_code(string? code) =>
        Assert.Equal("No invite code provided", (await SignUpAsync(code)).Refused(400, "InvalidInviteCode").Message);

    [Fact]
    public async Task Refuses_a_code_that_nobody_made() =>
        Assert.Equal("Provided invite code not available", (await SignUpAsync("localhost-aaaaa-bbbbb")).Refused(400, "InvalidInviteCode").Message);

    [Fact]
    public async Task A_code_lets_in_as_many_as_it_was_made_for()
    {
        await pds.InviteAsync("for-two", uses: 2);

        (await SignUpAsync("for-two")).Ok();
        (await SignUpAsync("for-two")).Ok();

        (await SignUpAsync("for-two")).Refused(400, "InvalidInviteCode");
        Assert.Equal(2, await pds.CountUsesAsync("for-two"));
    }

    [Fact]
    public async Task Refuses_a_code_that_was_disabled()
    {
        await pds.InviteAsync("disabled", disabled: true);

        (await SignUpAsync("disabled")).Refused(400, "InvalidInviteCode");
    }

    [Fact]
    public async Task Refuses_a_code_of_an_account_that_was_taken_down()
    {
        await pds.InviteAsync("first");
        var inviter = new Actor(pds.Url, (await SignUpAsync("first")).Ok(), "");
        await pds.InviteAsync("of-the-inviter", uses: 2, forAccount: inviter.Did);
        (await SignUpAsync("of-the-inviter")).Ok();

        await pds.TakeDownAsync(inviter.Did);

        (await SignUpAsync("of-the-inviter")).Refused(400, "InvalidInviteCode");
    }

    [Fact]
    public async Task One_of_many_that_want_the_last_use_at_once_gets_it()
    {
        await pds.InviteAsync("last");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignUpAsync("last")));

        Assert.Equal(5, answers.Count(answer => answer.Error == "InvalidInviteCode"));
        Assert.Equal(1, await pds.CountUsesAsync("last"));
    }

    [Theory]
    [InlineData("admin.test", "x@example.com", "HandleNotAvailable")]
    [InlineData("fine.test", "x", "InvalidRequest")]
    public async Task A_sign_up_that_is_refused_uses_no_code_up(string handle, string email, string error)
    {
        var code = $"kept-{handle}";
        await pds.InviteAsync(code);

        (await pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email, password = "password", inviteCode = code })).Refused(400, error);

        Assert.Equal(0, await pds.CountUsesAsync(code));
        (await SignUpAsync(code)).Ok();
    }

    private Task<XrpcAnswer> SignUpAsync(string? inviteCode)
    {
        var handle = $"guest{Interlocked.Increment(ref _names)}.test";
        return pds.Anyone.PostAsync("com.atproto.server.createAccount", inviteCode is null
            ? new { handle, email = $"{handle}@example.com", password = "password" }
            : new { handle, email = $"{handle}@example.com", password = "password", inviteCode });
    }

    public sealed class WithInvites : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Invites:Required"] = "true" };
    }
}
