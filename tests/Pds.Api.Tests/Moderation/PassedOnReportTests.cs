using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.Moderating; // not that of the folder: "Moderation" is a class of the test kit

/// <summary><c>com.atproto.moderation.createReport</c> where there is a service for it.</summary>
public sealed class PassedOnReportTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = Reporting.Method;

    /// <summary>A type of subject that this server does not know, and fields that no lexicon has: the service may.</summary>
    private const string Body = """
        { "subject" : {"$type":"chat.bsky.convo.defs#messageRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa","convoId":"1","messageId":"2"},
          "reasonType":"com.example.reasons#any", "modTool":{"name":"bsky-app/android","meta":{"n":1}}, "more":[1.0, "é"] }
        """;

    [Fact]
    public async Task Goes_to_the_report_service_of_the_settings_to_the_byte_and_its_answer_comes_back()
    {
        var alice = await pds.SignUpAsync();

        var answer = (await SendAsync(alice)).Ok();

        var call = CallOf(pds.Moderation, alice);
        Assert.Equal(("POST", $"/xrpc/{Method}", Body), ((string?)call["verb"], (string?)call["target"], (string?)call["body"]));
        Assert.Equal("application/json; charset=utf-8", (string?)call["headers"]!["content-type"]);
        Assert.Equal(Body, answer.GetProperty("body").GetString()); // the fake echoes
        var token = TokenOf(call);
        Assert.Equal((alice.Did.Value, pds.Moderation.Did.Value, Method), (token.Claim("iss"), token.Claim("aud"), token.Claim("lxm")));
    }

    [Fact]
    public async Task Goes_to_the_service_that_the_request_names_instead()
    {
        var alice = await pds.SignUpAsync();

        (await SendAsync(alice, proxy: $"{pds.Other.Did}#fake")).Ok();

        Assert.Equal(pds.Other.Did.Value, TokenOf(CallOf(pds.Other, alice)).Claim("aud"));
        Assert.DoesNotContain(pds.Moderation.Calls, call => IsOf(call, alice));
    }

    [Fact]
    public async Task Is_how_an_account_that_is_taken_down_appeals_and_one_with_an_app_password_reports()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied())).Ok();

        (await SendAsync(await alice.SignInToLeaveAsync())).Ok();
        (await SendAsync(await pds.SignInToAppAsync(bob))).Ok();

        Assert.NotNull(CallOf(pds.Moderation, alice));
        Assert.NotNull(CallOf(pds.Moderation, bob));
        (await pds.Anyone.PostAsync(Method, Body, "application/json")).Refused(401, "AuthMissing");
    }

    [Fact]
    public async Task What_is_no_report_is_refused_here_and_what_the_service_refuses_there()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, """{"reasonType":"a"}""", "application/json")).Refused(400, "InvalidRequest");
        Assert.DoesNotContain(pds.Moderation.Calls, call => IsOf(call, alice));

        Assert.Equal("not by me", (await SendAsync(alice, query: "?do=status&status=403")).Refused(403, "Refused").Message);
        (await SendAsync(alice, query: "?do=status&status=500")).Refused(502, "Refused");
        (await SendAsync(alice, query: "?do=break")).Refused(502, "UpstreamFailure");
    }

    [Fact]
    public async Task Nothing_of_it_is_kept_here()
    {
        (await SendAsync(await pds.SignUpAsync())).Ok();

        Assert.Empty((await pds.Admin.GetAsync("local.pds.admin.listReports", new { status = "all" })).Ok().GetProperty("reports").EnumerateArray());
    }

    private static Task<XrpcAnswer> SendAsync(Actor actor, string? proxy = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}{query}") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        if (proxy is not null) request.Headers.Add("atproto-proxy", proxy);
        return actor.SendAsync(request);
    }

    private static JsonObject CallOf(FakeUpstream upstream, Actor actor) => Assert.Single(upstream.Calls, call => IsOf(call, actor));

    private static bool IsOf(JsonObject call, Actor actor) => TokenOf(call).Claim("iss") == actor.Did.Value;

    private static Jwt TokenOf(JsonObject call) => Jwt.Read(AuthenticationHeaderValue.Parse((string)call["headers"]!["authorization"]!).Parameter!);
}
