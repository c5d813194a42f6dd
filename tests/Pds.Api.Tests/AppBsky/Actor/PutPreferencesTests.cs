using System.Text.Json;
using Pds.Application.Accounts;
using Pds.TestKit;
using User = Pds.TestKit.Actor;

namespace Pds.Api.Tests.AppBsky.Actor;

public sealed class PutPreferencesTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.actor.putPreferences";

    [Fact]
    public async Task Answers_nothing_and_replaces_all_that_was_there()
    {
        var alice = await pds.SignUpAsync();
        (await PutAsync(alice, """{"$type":"app.bsky.actor.defs#threadViewPref","sort":"newest"}""")).Ok();

        var answer = await PutAsync(alice, """{"$type":"app.bsky.actor.defs#interestsPref","tags":["cats"]}""");

        Assert.Equal((200, ""), ((int)answer.Status, answer.Text));
        Assert.Equal(["""{"$type":"app.bsky.actor.defs#interestsPref","tags":["cats"]}"""], await GetAsync(alice));
        (await PutAsync(alice)).Ok();
        Assert.Empty(await GetAsync(alice));
    }

    [Fact]
    public async Task Keeps_what_no_lexicon_here_knows_as_it_is()
    {
        var alice = await pds.SignUpAsync();
        const string unknown = """{"a":1.50,"$type":"app.bsky.other.defs#aPref","n":null,"deep":[{"$link":"none"}],"text":"é"}""";

        (await PutAsync(alice, unknown, """{"$type":"app.bsky"}""", unknown)).Ok();

        Assert.Equal([unknown, """{"$type":"app.bsky"}""", unknown], await GetAsync(alice));
    }

    [Theory]
    [InlineData("""{"$type":"app.bsky.actor.defs#adultContentPref"}""", """{"$type":"app.bsky.actor.defs#adultContentPref","enabled":false}""")]
    [InlineData("""{"$type":"app.bsky.actor.defs#adultContentPref","enabled":true,"more":[1]}""", """{"$type":"app.bsky.actor.defs#adultContentPref","enabled":true,"more":[1]}""")]
    [InlineData(
        """{"$type":"app.bsky.actor.defs#mutedWordsPref","items":[{"value":"x","targets":["tag"]}]}""",
        """{"$type":"app.bsky.actor.defs#mutedWordsPref","items":[{"value":"x","targets":["tag"],"actorTarget":"all"}]}""")]
    public async Task Completes_what_the_lexicon_knows_with_its_defaults(string sent, string kept)
    {
        var alice = await pds.SignUpAsync();

        (await PutAsync(alice, sent)).Ok();

        Assert.Equal([kept], await GetAsync(alice));
    }

    [Theory]
    [InlineData("""{"a":1}""", """Expected an object which includes the "$type" property value type (got {"a": ...}) at $.preferences[1]""")]
    [InlineData("null", """Expected an object which includes the "$type" property value type (got null) at $.preferences[1]""")]
    [InlineData("\"x\"", """Expected an object which includes the "$type" property value type (got "x") at $.preferences[1]""")]
    [InlineData("""{"$type":1}""", "$type must be a non-empty string")]
    [InlineData("""{"$type":""}""", "Some preferences are not in the app.bsky namespace")]
    [InlineData("""{"$type":"com.example.pref"}""", "Some preferences are not in the app.bsky namespace")]
    [InlineData("""{"$type":"app.bskyish.pref"}""", "Some preferences are not in the app.bsky namespace")]
    [InlineData("""{"$type":"app.bsky.actor.defs#adultContentPref","enabled":"yes"}""", """Expected boolean value type (got "yes") at $.preferences[1].enabled""")]
    [InlineData("""{"$type":"app.bsky.actor.defs#personalDetailsPref","birthDate":"1990-01-01"}""", """Invalid datetime (got "1990-01-01") at $.preferences[1].birthDate""")]
    public async Task Refuses_what_is_no_preference_of_the_namespace_and_leaves_all_as_it_was(string wrong, string message)
    {
        var alice = await pds.SignUpAsync();
        const string before = """{"$type":"app.bsky.actor.defs#threadViewPref","sort":"newest"}""";
        (await PutAsync(alice, before)).Ok();

        Assert.Equal(message, (await PutAsync(alice, """{"$type":"app.bsky.actor.defs#threadViewPref"}""", wrong)).Refused(400, "InvalidRequest").Message);

        Assert.Equal([before], await GetAsync(alice));
    }

    [Fact]
    public async Task Refuses_a_body_without_them_and_one_that_is_too_large()
    {
        var alice = await pds.SignUpAsync();
        var large = new string('x', 150 * 1024);

        Assert.Equal("Missing required key \"preferences\" at $", (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest").Message);
        (await PutAsync(alice, $$"""{"$type":"app.bsky.large","a":"{{large}}"}""")).Refused(413, "PayloadTooLargeError");
        (await PutAsync(alice, $$"""{"$type":"app.bsky.large","a":"{{large[1024..]}}"}""")).Ok();
    }

    [Fact]
    public async Task An_app_password_neither_sets_nor_removes_when_its_owner_was_born()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInToAppAsync(alice);
        const string personal = """{"$type":"app.bsky.actor.defs#personalDetailsPref","birthDate":"1990-01-01T00:00:00Z"}""";
        const string thread = """{"$type":"app.bsky.actor.defs#threadViewPref","sort":"newest"}""";
        (await PutAsync(alice, """{"$type":"app.bsky.actor.defs#interestsPref","tags":[]}""", personal)).Ok();

        Assert.Equal(
            "Do not have authorization to set preferences: app.bsky.actor.defs#personalDetailsPref",
            (await PutAsync(app, thread, personal)).Refused(400, "InvalidRequest").Message);
        (await PutAsync(app, thread)).Ok();

        Assert.Equal([personal, thread], (await GetAsync(alice))[..2]);
    }

    [Fact]
    public async Task What_follows_from_others_is_never_kept()
    {
        var alice = await pds.SignUpAsync();

        (await PutAsync(alice, """{"$type":"app.bsky.actor.defs#declaredAgePref","isOverAge18":true}""")).Ok();

        Assert.Empty(await GetAsync(alice));
    }

    [Fact]
    public async Task Of_many_at_once_one_wins_whole()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PutAsync(alice, [.. Enumerable.Repeat($$"""{"$type":"app.bsky.number","a":{{i}}}""", i + 1)])));

        Assert.All(answers, answer => answer.Ok());
        var kept = await GetAsync(alice);
        Assert.Single(kept.Distinct());
        Assert.Equal(kept.Count - 1, JsonDocument.Parse(kept[0]).RootElement.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Deactivated_accounts_may_and_those_taken_down_may_not()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await PutAsync(alice)).Ok();
        (await PutAsync(bob)).Refused(401, "AccountTakedown");
        (await PutAsync(pds.As(bob.Did, SessionScope.Takendown))).Refused(400, "InvalidToken");
        (await PutAsync(pds.Anyone)).Refused(401, "AuthMissing");
    }

    [Fact]
    public async Task Another_service_that_the_caller_names_gets_the_call_as_it_is()
    {
        var alice = await pds.SignUpAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}") { Content = new StringContent("not even JSON") };
        request.Headers.Add("atproto-proxy", $"{pds.Other.Did}#fake");

        (await alice.SendAsync(request)).Ok();

        var call = pds.Other.Calls.Single(call => (string)call["target"]! == $"/xrpc/{Method}");
        Assert.Equal("not even JSON", (string?)call["body"]);
        Assert.Empty(await GetAsync(alice));
    }

    private static Task<XrpcAnswer> PutAsync(XrpcClient caller, params string[] preferences) => caller.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}")
    {
        Content = new StringContent($$"""{"preferences":[{{string.Join(",", preferences)}}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
    });

    private static async Task<List<string>> GetAsync(User user) =>
        [.. (await user.GetAsync("app.bsky.actor.getPreferences")).Ok().GetProperty("preferences").EnumerateArray().Select(preference => preference.GetRawText())];
}
