using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class DeleteSessionTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.deleteSession";

    [Fact]
    public async Task Answers_with_nothing()
    {
        var alice = await pds.SignUpAsync();

        var answer = await alice.Refreshing.PostAsync(Method);

        answer.Ok();
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whichever_token_of_a_chain_it_is_sent_the_whole_chain_is_dead(int sent)
    {
        var alice = await pds.SignUpAsync();
        var second = await NextAsync(alice.RefreshJwt);
        var third = await NextAsync(second);
        string[] chain = [alice.RefreshJwt, second, third];

        (await With(chain[sent]).PostAsync(Method)).Ok();

        foreach (var token in chain)
            Assert.Equal("Token has been revoked", (await With(token).PostAsync("com.atproto.server.refreshSession")).Refused(400, "ExpiredToken").Message);
    }

    [Fact]
    public async Task Leaves_the_accounts_other_sessions_alone()
    {
        var alice = await pds.SignUpAsync();
        var other = (await alice.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password })).Ok();

        (await alice.Refreshing.PostAsync(Method)).Ok();

        await NextAsync(other.GetProperty("refreshJwt").GetString()!);
    }

    [Fact]
    public async Task Takes_a_token_that_has_expired()
    {
        var alice = await pds.SignUpAsync();
        pds.Time.Advance(TimeSpan.FromDays(91));

        (await alice.Refreshing.PostAsync(Method)).Ok();
    }

    [Fact]
    public async Task Takes_a_token_that_was_revoked_already()
    {
        var alice = await pds.SignUpAsync();

        (await alice.Refreshing.PostAsync(Method)).Ok();
        (await alice.Refreshing.PostAsync(Method)).Ok();
    }

    [Fact]
    public async Task Lets_a_taken_down_account_leave()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await alice.Refreshing.PostAsync(Method)).Ok();
    }

    [Fact]
    public async Task Refuses_an_expired_token_that_was_tampered_with()
    {
        var alice = await pds.SignUpAsync();
        pds.Time.Advance(TimeSpan.FromDays(91));

        (await With(Jwt.Read(alice.RefreshJwt).Sign("a secret that is not the server's, long enough")).PostAsync(Method)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_an_access_token_and_no_token()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
    }

    private XrpcClient With(string token) => new(pds.Url) { Authorization = $"Bearer {token}" };

    private async Task<string> NextAsync(string token) =>
        (await With(token).PostAsync("com.atproto.server.refreshSession")).Ok().GetProperty("refreshJwt").GetString()!;
}
