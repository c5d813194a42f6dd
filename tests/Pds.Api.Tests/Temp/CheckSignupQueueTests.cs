using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.TestKit;

namespace Pds.Api.Tests.Temp;

public sealed class CheckSignupQueueTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string CheckSignupQueue = "com.atproto.temp.checkSignupQueue";

    [Fact]
    public async Task Whoever_signs_up_is_in()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("""{"activated":true}""", (await alice.GetAsync(CheckSignupQueue)).Ok().GetRawText());
    }

    [Fact]
    public async Task Whoever_waits_may_ask_and_is_not()
    {
        var alice = await pds.SignUpAsync();
        var token = pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(alice.Did, SessionScope.SignupQueued);
        var waiting = new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" };

        Assert.Equal("""{"activated":false}""", (await waiting.GetAsync(CheckSignupQueue)).Ok().GetRawText());
        (await waiting.GetAsync("com.atproto.server.getSession")).Ok();
        (await waiting.GetAsync("com.atproto.server.listAppPasswords")).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Needs_a_session() => (await pds.Anyone.GetAsync(CheckSignupQueue)).Refused(401, "AuthMissing");
}
