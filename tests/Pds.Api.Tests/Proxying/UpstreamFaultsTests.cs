using System.Diagnostics;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>All that can go wrong with a service: its callers hear of it by name, in time, and nobody else does.</summary>
public sealed class UpstreamFaultsTests(UpstreamFaultsTests.Impatient pds) : IClassFixture<UpstreamFaultsTests.Impatient>
{
    private const string Method = "com.example.thing.get";
    private const int AtOnce = 200;

    [Theory]
    [InlineData("do=status&status=400", 400, "Refused", "not by me")]
    [InlineData("do=status&status=401", 401, "Refused", "not by me")]
    [InlineData("do=status&status=404", 404, "Refused", "not by me")]
    [InlineData("do=status&status=418", 418, "Refused", "not by me")]
    [InlineData("do=status&status=429", 429, "Refused", "not by me")]
    [InlineData("do=status&status=500", 502, "Refused", "not by me")]
    [InlineData("do=status&status=503", 503, "Refused", "not by me")]
    [InlineData("do=status&status=404&type=text/plain", 404, "XRPCNotSupported", "XRPC Not Supported")]
    [InlineData("do=status&status=400&text=[]", 400, "InvalidRequest", "Invalid Request")]
    [InlineData("do=status&status=500&text=nothing", 502, "UpstreamFailure", "Upstream Failure")]
    [InlineData("do=status&status=400&text={\"error\":1}", 400, "InvalidRequest", "Invalid Request")]
    [InlineData("do=status&status=400&text={\"error\":\"Half\"}", 400, "Half", "Invalid Request")]
    [InlineData("do=gzip&status=400", 400, "Packed", "unpack me")]
    public async Task A_refusal_comes_back_with_its_status_name_and_message(string query, int status, string error, string message) =>
        Assert.Equal(message, (await AskAsync(query)).Refused(status, error).Message);

    [Fact]
    public async Task A_refusal_says_when_to_try_again() => Assert.Equal("7", (await AskAsync("do=status&status=429")).Headers["Retry-After"]);

    [Fact]
    public async Task A_service_that_closes_before_it_answers_is_a_failure() => Assert.Equal("Upstream service unreachable", (await AskAsync("do=break")).Refused(502, "UpstreamFailure").Message);

    [Fact]
    public async Task A_service_that_is_not_there_is_a_failure()
    {
        var alice = await pds.SignUpAsync();
        var gone = await FakeUpstream.StartAsync();
        var did = gone.Did;
        (await AskAsync(alice, did)).Ok();
        await gone.DisposeAsync();

        (await AskAsync(alice, did)).Refused(502, "UpstreamFailure");
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_late_and_is_let_go()
    {
        (await AskAsync("do=hang")).Refused(504, "UpstreamTimeout");

        await Eventually.IsTrueAsync(() => pds.AppView.Waiting == 0);
    }

    [Theory]
    [InlineData("do=lie")]
    [InlineData("do=stall")]
    [InlineData("do=large&size=3000000")]
    public async Task Half_an_answer_never_looks_like_a_whole_one(string query) => await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(query));

    [Fact]
    public async Task An_answer_that_says_it_is_too_large_is_refused_before_it_begins() => (await AskAsync("do=large&size=3000000&length=yes")).Refused(502, "UpstreamFailure");

    [Fact]
    public async Task Slow_is_not_late() => (await AskAsync("do=trickle")).IsFile("0123456789"); // longer in all than any pause may be

    [Fact]
    public async Task A_redirect_leads_nowhere()
    {
        var answer = await AskAsync("do=redirect");

        Assert.Equal(302, (int)answer.Status);
        Assert.DoesNotContain("Location", answer.Headers.Keys);
        Assert.DoesNotContain(pds.AppView.Calls, call => ((string)call["target"]!).Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_goes_away_is_not_waited_for()
    {
        var alice = await pds.SignUpAsync();
        using (var connection = await RawConnection.OpenAsync(pds.Url))
        {
            await connection.SendAsync($"GET /xrpc/{Method}?do=hang HTTP/1.1\r\nHost: localhost\r\nAuthorization: {alice.Authorization}\r\natproto-proxy: {pds.Other.Did}#fake\r\n\r\n");
            await Eventually.IsTrueAsync(() => pds.Other.Waiting == 1);
        }

        await Eventually.IsTrueAsync(() => pds.Other.Waiting == 0);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_the_callers_fault()
    {
        var alice = await pds.SignUpAsync();
        var endless = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}?do=count") { Content = new ByteArrayContent(new byte[7_000_000]) };
        endless.Headers.TransferEncodingChunked = true;

        (await alice.SendAsync(endless)).Refused(413, "PayloadTooLarge");
    }

    [Fact]
    public async Task Two_hundred_calls_that_hang_are_in_nobodys_way()
    {
        var alice = await pds.SignUpAsync();
        await using var slow = await FakeUpstream.StartAsync();
        var hanging = Enumerable.Range(0, AtOnce).Select(_ => AskAsync(alice, slow.Did, "do=hang")).ToList();
        await Eventually.IsTrueAsync(() => slow.Waiting > 0);
        var started = Stopwatch.GetTimestamp();

        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        (await alice.CreateRecordAsync(Records.Post("meanwhile"))).Ok();
        (await alice.GetAsync(Method)).Ok();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.All(await Task.WhenAll(hanging), answer => answer.Refused(504, "UpstreamTimeout"));
    }

    [Fact]
    public async Task Two_hundred_answers_at_once_are_each_whole()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => alice.GetAsync(Method, new { @do = "large", size = 100_000 + i })));

        Assert.Equal(Enumerable.Range(0, AtOnce).Select(i => 100_000 + i), answers.Select(answer => answer.Body.Length));
    }

    [Theory]
    [InlineData("hang", 504, "UpstreamTimeout")]
    [InlineData("stall", 504, "UpstreamTimeout")]
    [InlineData("lie", 502, "UpstreamFailure")]
    [InlineData("break", 502, "UpstreamFailure")]
    public async Task A_service_whose_answer_would_be_completed_fails_by_the_same_names(string fault, int status, string error)
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        pds.AppView.Rev = await alice.HeadAsync();
        await alice.PublishAsync("unseen");

        (await alice.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/app.bsky.feed.getTimeline?do={fault}"))).Refused(status, error);
        await Eventually.IsTrueAsync(() => pds.AppView.Waiting == 0);
    }

    private async Task<XrpcAnswer> AskAsync(string query) =>
        await (await pds.SignUpAsync()).SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}"));

    private static Task<XrpcAnswer> AskAsync(Actor caller, Did service, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}?{query}");
        request.Headers.Add("atproto-proxy", $"{service}#fake");
        return caller.SendAsync(request);
    }

    /// <summary>Waits for half a second, and passes on two megabytes.</summary>
    public sealed class Impatient : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
        {
            ["Pds:Proxy:HeadersTimeout"] = "500",
            ["Pds:Proxy:BodyTimeout"] = "500",
            ["Pds:Proxy:MaxResponseSize"] = "2000000",
        };
    }
}
