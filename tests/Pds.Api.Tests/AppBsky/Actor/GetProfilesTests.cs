using System.Text.Json.Nodes;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.AppBsky.Actor;

public sealed class GetProfilesTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.actor.getProfiles";

    [Fact]
    public async Task Shows_the_callers_own_as_it_is_now_among_others()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        (await alice.PutRecordAsync(new { displayName = "Alice" }, "app.bsky.actor.profile", "self")).Ok();
        pds.AppView.Says(Method, new JsonObject { ["profiles"] = new JsonArray(Profile(bob, "Bob"), Profile(alice)) }, seen);

        var answer = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?actors={bob.Did}&actors={alice.Did}"));

        Assert.Equal(["Bob", "Alice"], answer.Ok().GetProperty("profiles").EnumerateArray().Select(profile => profile.GetProperty("displayName").GetString()));
    }

    [Fact]
    public async Task Lists_may_be_written_with_brackets()
    {
        var alice = await pds.SignUpAsync();
        pds.AppView.Says(Method, new JsonObject { ["profiles"] = new JsonArray() }, rev: null);

        (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?actors[]={alice.Did}"))).Ok();
    }

    [Fact]
    public async Task Refuses_none_and_more_than_twenty_five()
    {
        var alice = await pds.SignUpAsync();
        var many = string.Join('&', Enumerable.Repeat($"actors={alice.Did}", 26));

        (await alice.GetAsync(Method)).Refused(400, "InvalidRequest");
        var refusal = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{many}"));
        Assert.Equal($"Invalid {Method} params: array too big (maximum 25, got 26)", refusal.Refused(400, "InvalidRequest").Message);
    }
}
