using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class RevokeAppPasswordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.revokeAppPassword";
    private const string GetSession = "com.atproto.server.getSession";
    private const string Refresh = "com.atproto.server.refreshSession";

    [Fact]
    public async Task Answers_with_nothing_and_it_is_listed_no_more()
    {
        var alice = await pds.SignUpAsync();
        await alice.CreateAppPasswordAsync("my phone");

        var answer = await alice.PostAsync(Method, new { name = "my phone" });

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.Empty((await alice.GetAsync("com.atproto.server.listAppPasswords")).Ok().GetProperty("passwords").EnumerateArray());
    }

    [Fact]
    public async Task Ends_every_session_that_began_with_it_at_once_and_no_other()
    {
        var alice = await pds.SignUpAsync();
        var (phone, tablet) = (await pds.SignInToAppAsync(alice, "my phone"), await pds.SignInToAppAsync(alice, "my tablet"));
        var refreshed = new Actor(pds.Url, (await phone.Refreshing.PostAsync(Refresh)).Ok(), "");

        (await alice.PostAsync(Method, new { name = "my phone" })).Ok();

        (await pds.SignInAsync(alice, phone.Password)).Refused(401, "AuthenticationRequired");
        foreach (var session in new[] { phone, refreshed })
        {
            Assert.Equal("Token has been revoked", (await session.GetAsync(GetSession)).Refused(400, "ExpiredToken").Message);
            (await session.CreateRecordAsync(Records.Post())).Refused(400, "ExpiredToken");
            Assert.Equal("Token has been revoked", (await session.Refreshing.PostAsync(Refresh)).Refused(400, "ExpiredToken").Message);
        }

        foreach (var session in new[] { alice, tablet })
        {
            (await session.GetAsync(GetSession)).Ok();
            (await session.Refreshing.PostAsync(Refresh)).Ok();
        }
    }

    [Fact]
    public async Task A_new_one_of_the_same_name_revives_nothing()
    {
        var alice = await pds.SignUpAsync();
        var before = await pds.SignInToAppAsync(alice, "my phone");
        (await alice.PostAsync(Method, new { name = "my phone" })).Ok();

        var after = await pds.SignInToAppAsync(alice, "my phone", privileged: true);

        (await pds.SignInAsync(alice, before.Password)).Refused(401, "AuthenticationRequired");
        (await before.GetAsync(GetSession)).Refused(400, "ExpiredToken");
        (await before.Refreshing.PostAsync(Refresh)).Refused(400, "ExpiredToken");
        (await after.GetAsync(GetSession)).Ok();
        (await after.Refreshing.PostAsync(Refresh)).Ok();
    }

    [Fact]
    public async Task Revoking_what_is_not_there_succeeds()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var password = await bob.CreateAppPasswordAsync("my phone");

        (await alice.PostAsync(Method, new { name = "my phone" })).Ok();
        (await alice.PostAsync(Method, new { name = "" })).Ok();

        (await pds.SignInAsync(bob, password)).Ok();
    }

    [Fact]
    public async Task An_app_may_revoke_its_own_and_that_is_the_last_that_it_does()
    {
        var app = await pds.SignInToAppAsync(await pds.SignUpAsync());

        (await app.PostAsync(Method, new { name = "my app" })).Ok();

        (await app.PostAsync(Method, new { name = "my app" })).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task Whoever_signs_in_while_it_is_revoked_is_out_as_well()
    {
        var alice = await pds.SignUpAsync();
        var password = await alice.CreateAppPasswordAsync("my phone");

        var signingIn = Enumerable.Range(0, 12).Select(_ => pds.SignInAsync(alice, password)).ToList();
        (await alice.PostAsync(Method, new { name = "my phone" })).Ok();
        await alice.CreateAppPasswordAsync("my phone");

        foreach (var answer in await Task.WhenAll(signingIn))
        {
            if (answer.Error is not null)
            {
                answer.Refused(401, "AuthenticationRequired");
                continue;
            }

            var session = new Actor(pds.Url, answer.Ok(), "");
            (await session.GetAsync(GetSession)).Refused(400, "ExpiredToken");
            (await session.Refreshing.PostAsync(Refresh)).Refused(400, "ExpiredToken");
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":1}""")]
    public async Task Refuses_a_body_without_a_name(string body)
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");
    }
}
