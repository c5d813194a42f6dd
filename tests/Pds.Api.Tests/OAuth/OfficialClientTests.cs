using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>The official client for Node.js that proves itself by a key. Public ones, in Node.js and in pages, are in tests/clients: they need no address that a certificate is for.</summary>
public sealed partial class OfficialClientTests(OfficialClientTests.TodaysPds pds) : IClassFixture<OfficialClientTests.TodaysPds>
{
    [NodeFact]
    public async Task A_confidential_client_is_let_in_calls_refreshes_goes_on_after_a_restart_and_signs_out()
    {
        var alice = await pds.SignUpAsync();
        using var app = await StartAppAsync();
        using var browser = await pds.SignInToPagesAsync(alice);

        var did = await app.AskAsync("callback", await LetInAsync(browser, await app.AskAsync("authorize", alice.Handle)));
        Assert.Equal(alice.Did.Value, did);
        Assert.StartsWith($"at://{did}/", await app.AskAsync("post", "by a backend"), StringComparison.Ordinal);
        Assert.Equal("atproto transition:generic", await app.AskAsync("refresh"));

        await pds.RestartAsync();
        Assert.Equal(did, await app.AskAsync("restore", did));
        Assert.StartsWith($"at://{did}/", await app.AskAsync("post", "after a restart"), StringComparison.Ordinal);

        await app.DoAsync("signOut");
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.AskAsync("restore", did));
    }

    [NodeFact]
    public async Task Who_has_let_it_in_before_need_not_be_asked_again()
    {
        var alice = await pds.SignUpAsync();
        using var app = await StartAppAsync();
        using var browser = await pds.SignInToPagesAsync(alice);
        await app.AskAsync("callback", await LetInAsync(browser, await app.AskAsync("authorize", alice.Handle)));

        var answer = await browser.OpenAsync(PathOf(await app.AskAsync("authorize", alice.Handle)));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(alice.Did.Value, await app.AskAsync("callback", QueryOf(answer.Headers["Location"])));
    }

    private async Task<NodeApp> StartAppAsync()
    {
        var app = NodeApp.Start(pds.Url);
        var keys = await app.DoAsync("jwks");
        JsonObject? published = null;
        pds.Site.Publish(metadata =>
        {
            metadata["token_endpoint_auth_method"] = "private_key_jwt";
            metadata["token_endpoint_auth_signing_alg"] = "ES256";
            metadata["scope"] = "atproto transition:generic";
            metadata["jwks"] = keys!.DeepClone();
            published = metadata;
        });
        await app.DoAsync("publish", published!.DeepClone());
        return app;
    }

    /// <summary>The user's way; answers the query with which the browser comes to the app.</summary>
    private static async Task<string> LetInAsync(PageBrowser browser, string address)
    {
        var consent = (await browser.OpenAsync(PathOf(address))).Ok();
        var back = (await browser.SubmitAsync(consent, "handler=accept")).Ok();
        return QueryOf(WebUtility.HtmlDecode(WayBack.Match(back.Html).Groups[1].Value));
    }

    private static string PathOf(string address) => new Uri(address).PathAndQuery;

    private static string QueryOf(string address) => new Uri(address).Query;

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=([^\"]*)\"")]
    private static partial Regex WayBack { get; }

    /// <summary>Its clock is the machine's, as the app's is, and its port stays.</summary>
    public sealed class TodaysPds : OAuthPds
    {
        private readonly int _port = Ports.FindFree();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Service:Port"] = $"{_port}" };

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.AddSingleton(TimeProvider.System);
        }
    }
}
