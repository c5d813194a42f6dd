using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>All that can go wrong with a service: its callers hear of it by name, in time, and nobody else does.</summary>
public sealed class UpstreamFaultsTests(UpstreamFaultsTests.Measured pds) : IClassFixture<UpstreamFaultsTests.Measured>
{
    private const string Method = FaultyCalls.Method;
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
        Assert.Equal(message, (await pds.AskAsync(query)).Refused(status, error).Message);

    [Fact]
    public async Task A_refusal_says_when_to_try_again() => Assert.Equal("7", (await pds.AskAsync("do=status&status=429")).Headers["Retry-After"]);

    [Fact]
    public async Task A_service_that_closes_before_it_answers_is_a_failure() => Assert.Equal("Upstream service unreachable", (await pds.AskAsync("do=break")).Refused(502, "UpstreamFailure").Message);

    [Fact]
    public async Task A_service_that_is_not_there_is_a_failure()
    {
        var alice = await pds.SignUpAsync();
        var gone = await FakeUpstream.StartAsync();
        var did = gone.Did;
        (await alice.AskAsync(did)).Ok();
        await gone.DisposeAsync();

        (await alice.AskAsync(did)).Refused(502, "UpstreamFailure");
    }

    [Theory]
    [InlineData("do=lie")]
    [InlineData("do=large&size=3000000")]
    public async Task Half_an_answer_never_looks_like_a_whole_one(string query) => await Assert.ThrowsAnyAsync<HttpRequestException>(() => pds.AskAsync(query));

    [Fact]
    public async Task An_answer_that_says_it_is_too_large_is_refused_before_it_begins() => (await pds.AskAsync("do=large&size=3000000&length=yes")).Refused(502, "UpstreamFailure");

    [Fact]
    public async Task A_redirect_leads_nowhere()
    {
        var answer = await pds.AskAsync("do=redirect");

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
    public async Task Two_hundred_answers_at_once_are_each_whole()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => alice.GetAsync(Method, new { @do = "large", size = 100_000 + i })));

        Assert.Equal(Enumerable.Range(0, AtOnce).Select(i => 100_000 + i), answers.Select(answer => answer.Body.Length));
    }

    [Theory]
    [InlineData("lie")]
    [InlineData("break")]
    public async Task A_service_whose_answer_would_be_completed_fails_by_the_same_name(string fault) =>
        (await pds.AskForUnseenTimelineAsync(fault)).Refused(502, "UpstreamFailure");

    /// <summary>Passes on two megabytes.</summary>
    public sealed class Measured : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Pds:Proxy:MaxResponseSize"] = "2000000" };
    }
}
