using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class GetSessionTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.getSession";

    [Fact]
    public async Task Says_who_calls()
    {
        var alice = await pds.SignUpAsync();

        var session = (await alice.GetAsync(Method)).Ok();

        Assert.Equal(["active", "did", "email", "emailAuthFactor", "emailConfirmed", "handle"], session.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(alice.Did.Value, session.GetProperty("did").GetString());
        Assert.Equal(alice.Handle, session.GetProperty("handle").GetString());
        Assert.Equal($"{alice.Handle}@example.com", session.GetProperty("email").GetString());
        Assert.False(session.GetProperty("emailConfirmed").GetBoolean());
        Assert.False(session.GetProperty("emailAuthFactor").GetBoolean());
        Assert.True(session.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Answers_a_deactivated_account()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        var session = (await alice.GetAsync(Method)).Ok();

        Assert.False(session.GetProperty("active").GetBoolean());
        Assert.Equal("deactivated", session.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Refuses_an_account_that_was_taken_down_after_it_signed_in()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await alice.GetAsync(Method)).Refused(401, "AccountTakedown");
    }

    [Fact]
    public async Task Refuses_an_account_that_is_no_longer_here()
    {
        var alice = await pds.SignUpAsync();
        await pds.ForgetAsync(alice.Did);

        (await alice.GetAsync(Method)).Refused(403, "AccountNotFound");
    }
}
