using System.Net;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Many clients at the same moment.</summary>
public sealed class BurstTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    [Fact]
    public async Task Two_hundred_push_requests_at_once_and_each_gets_its_own()
    {
        var clients = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? pds.NewClient() : pds.NewConfidentialClient()).ToList();

        var answers = await Task.WhenAll(clients.Select(client => client.ParAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(200, answers.Select(answer => answer.Json.GetProperty("request_uri").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Four_tabs_of_each_of_fifty_sessions_refresh_at_once_and_all_stay_signed_in()
    {
        var alice = await pds.SignUpAsync();
        var sessions = new List<OAuthClient>();
        for (var i = 0; i < 50; i++) sessions.Add(await pds.SignInAsync(pds.NewClient(), alice));
        var tabs = sessions.SelectMany(session => Enumerable.Range(0, 4).Select(_ => session.With())).ToList();

        var answers = await Task.WhenAll(tabs.Select(tab => tab.RefreshAsync()));

        foreach (var ofSession in answers.Chunk(4))
            Assert.Single(ofSession.Select(answer => answer.Ok().GetProperty("refresh_token").GetString()).Distinct());
        foreach (var tab in tabs.Where((_, i) => i % 4 == 0))
        {
            (await tab.GetAsync("com.atproto.server.getSession")).Ok();
            (await tab.RefreshAsync()).Ok();
        }
    }
}
