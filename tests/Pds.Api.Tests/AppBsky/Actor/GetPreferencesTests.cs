using Pds.Application.Accounts;
using Pds.TestKit;
using User = Pds.TestKit.Actor;

namespace Pds.Api.Tests.AppBsky.Actor;

public sealed class GetPreferencesTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.actor.getPreferences";
    private const string Adult = """[{"$type":"app.bsky.actor.defs#personalDetailsPref","birthDate":"1990-01-01T00:00:00Z"},{"$type":"app.bsky.actor.defs#declaredAgePref","isOverAge13":true,"isOverAge16":true,"isOverAge18":true}]""";
    private const string AdultAsAppsSee = """[{"$type":"app.bsky.actor.defs#declaredAgePref","isOverAge13":true,"isOverAge16":true,"isOverAge18":true}]""";

    [Fact]
    public async Task Of_a_new_account_there_are_none() => (await (await pds.SignUpAsync()).GetAsync(Method)).IsFile("""{"preferences":[]}""");

    [Fact]
    public async Task One_accounts_are_no_others_and_outlive_the_server()
    {
        var alice = await BornAsync();

        await pds.RestartAsync();

        alice = await new User(pds.Url, alice.Session, alice.Password).SignInAgainAsync(); // the server has another port now
        Assert.Equal(Adult, (await alice.GetAsync(Method)).Ok().GetProperty("preferences").GetRawText());
        (await (await pds.SignUpAsync("bob")).GetAsync(Method)).IsFile("""{"preferences":[]}""");
    }

    [Fact]
    public async Task An_app_password_gets_to_know_how_old_its_owner_says_that_he_is_and_not_when_he_was_born()
    {
        var alice = await BornAsync();

        var (plain, privileged) = (await pds.SignInToAppAsync(alice), await pds.SignInToAppAsync(alice, "other", privileged: true));

        Assert.Equal(AdultAsAppsSee, (await plain.GetAsync(Method)).Ok().GetProperty("preferences").GetRawText());
        Assert.Equal(AdultAsAppsSee, (await privileged.GetAsync(Method)).Ok().GetProperty("preferences").GetRawText());
    }

    [Fact]
    public async Task The_moderation_service_may_read_everybodys()
    {
        var alice = await BornAsync();
        var moderator = pds.ModeratorFor(Method);

        Assert.Equal(Adult, (await moderator.GetAsync(Method, new { did = alice.Did.Value })).Ok().GetProperty("preferences").GetRawText());
        Assert.Equal("Invalid or missing did parameter", (await moderator.GetAsync(Method)).Refused(400, "InvalidRequest").Message);
        (await moderator.GetAsync(Method, new { did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz" })).Refused(400, "NotFound");
        (await pds.ModeratorFor("app.bsky.actor.putPreferences").GetAsync(Method, new { did = alice.Did.Value })).Refused(401, "BadJwtLexiconMethod");
    }

    [Fact]
    public async Task An_account_may_not_read_anothers()
    {
        var (alice, bob) = (await BornAsync(), await pds.SignUpAsync("bob"));

        (await bob.GetAsync(Method, new { did = alice.Did.Value })).IsFile("""{"preferences":[]}""");
    }

    [Fact]
    public async Task Whoever_is_taken_down_reads_them_in_the_session_that_lets_him_leave_alone()
    {
        var alice = await BornAsync();
        await pds.TakeDownAsync(alice.Did);

        (await alice.GetAsync(Method)).Refused(401, "AccountTakedown");
        Assert.Equal(AdultAsAppsSee, (await pds.As(alice.Did, SessionScope.Takendown).GetAsync(Method)).Ok().GetProperty("preferences").GetRawText());
    }

    [Fact]
    public async Task Nobody_and_the_administrator_have_none()
    {
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthMissing");
        (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task The_operators_AppView_by_its_name_is_this_server_and_another_service_is_itself()
    {
        var alice = await BornAsync();

        Assert.Equal(Adult, (await AskAsync(alice, $"{pds.AppView.Did}#bsky_appview")).Ok().GetProperty("preferences").GetRawText());
        Assert.Equal($"/xrpc/{Method}", (await AskAsync(alice, $"{pds.Other.Did}#fake")).Ok().GetProperty("target").GetString());
        (await AskAsync(alice, "garbage")).Refused(400, "InvalidRequest");
        Assert.DoesNotContain(pds.AppView.Calls, call => ((string)call["target"]!).Contains(Method, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_left_of_them_with_the_account()
    {
        var alice = await BornAsync();

        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        Assert.Equal(0, await pds.RunAsync("DELETE FROM account_preference WHERE did = @0", alice.Did.Value));
    }

    private async Task<User> BornAsync()
    {
        var alice = await pds.SignUpAsync();
        var preference = new Dictionary<string, object> { ["$type"] = "app.bsky.actor.defs#personalDetailsPref", ["birthDate"] = "1990-01-01T00:00:00Z" };
        (await alice.PostAsync("app.bsky.actor.putPreferences", new { preferences = new[] { preference } })).Ok();
        return alice;
    }

    private static Task<XrpcAnswer> AskAsync(User caller, string service)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}");
        request.Headers.Add("atproto-proxy", service);
        return caller.SendAsync(request);
    }
}
