using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;
using Pds.TestKit;
using static Pds.TestKit.AppViewAnswers;

namespace Pds.Api.Tests.Proxying;

/// <summary>Which answers are completed at all. What is put into them, the tests of the methods say.</summary>
public sealed class ReadAfterWriteTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Method = "app.bsky.feed.getTimeline";
    private const string Lag = "Atproto-Upstream-Lag";

    [Fact]
    public async Task A_service_that_has_seen_all_or_more_or_does_not_say_is_passed_on_to_the_byte()
    {
        var (alice, seen) = await LaggingAsync();
        var head = await alice.HeadAsync();
        const string odd = """ { "feed" : [ ] , "feed2":1e0 } """;

        foreach (var rev in new Tid?[] { head, new Tid(head.Bits + (1UL << 40)), null })
        {
            pds.AppView.Says(Method, odd, rev);
            var answer = await alice.GetAsync(Method);
            answer.IsFile(odd);
            Assert.DoesNotContain(Lag, answer.Headers.Keys);
        }

        pds.AppView.Says(Method, odd, seen);
        Assert.Contains(Lag, (await alice.GetAsync(Method)).Headers.Keys);
    }

    [Theory]
    [InlineData("""{"feed":{}}""")]
    [InlineData("""{"nothing":[]}""")]
    [InlineData("""{"feed":[1]}""")]
    [InlineData("""{"feed":[{"post":{}}]}""")]
    [InlineData("""{"feed":[{"post":{"uri":"at://x","author":{"did":"did:plc:x"}}}]}""")]
    [InlineData("""{"feed":[{"post":{"uri":"at://x","author":{"did":"did:plc:x"},"indexedAt":"yesterday"}}]}""")]
    [InlineData("""{"feed":[],"feed":[]}""")]
    [InlineData("""{"feed":[{"post":{"uri":"at://x","author":{"did":"did:plc:x"},"indexedAt":"2026-01-02T03:04:05Z","text":"\ud800"}}]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"feed":""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_answer_of_another_shape_is_passed_on_to_the_byte(string text)
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Says(Method, text, seen);

        var answer = await alice.GetAsync(Method);

        answer.IsFile(text);
        Assert.Equal(seen.ToString(), answer.Headers["atproto-repo-rev"]);
        Assert.DoesNotContain(Lag, answer.Headers.Keys);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_by_its_type_is_passed_on_to_the_byte()
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Says(Method, """{"feed":[]}""", seen, type: "text/plain");

        var answer = await alice.GetAsync(Method);

        answer.IsFile("""{"feed":[]}""");
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_long_to_be_held_is_passed_on_to_the_byte(bool saysItsLength)
    {
        var (alice, seen) = await LaggingAsync();
        var text = $$"""{"feed":[],"long":"{{new string('x', 3_000_000)}}"}""";
        pds.AppView.Answers[Method] = http =>
        {
            http.Response.ContentType = "application/json";
            if (saysItsLength) http.Response.ContentLength = text.Length;
            http.Response.Headers["atproto-repo-rev"] = seen.ToString();
            return http.Response.WriteAsync(text);
        };

        Assert.Equal(text, (await alice.GetAsync(Method)).Text);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task An_answer_is_completed_however_it_is_compressed(string encoding)
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Answers[Method] = http => SayAsync(http, seen, encoding, Packed.With(encoding, FeedOf().ToJsonString()));

        var answer = await alice.GetAsync(Method);

        Assert.Single(answer.Ok().GetProperty("feed").EnumerateArray());
        Assert.DoesNotContain("Content-Encoding", answer.Headers.Keys);
    }

    [Fact]
    public async Task What_does_not_unpack_or_unpacks_to_too_much_is_passed_on_to_the_byte()
    {
        var (alice, seen) = await LaggingAsync();
        foreach (var (encoding, body) in new[] { ("gzip", "no gzip"u8.ToArray()), ("br", [0xFF, 0xFF]), ("own", "{}"u8.ToArray()), ("gzip", Packed.With("gzip", new string(' ', 50_000_000))) })
        {
            pds.AppView.Answers[Method] = http => SayAsync(http, seen, encoding, body);

            var answer = await alice.GetAsync(Method);

            Assert.Equal((encoding, Convert.ToHexString(body)), (answer.Headers["Content-Encoding"], Convert.ToHexString(answer.Body)));
        }
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failure_and_never_half_of_one()
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Answers[Method] = async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            http.Response.Headers["atproto-repo-rev"] = seen.ToString();
            await http.Response.WriteAsync("""{"feed":[""");
            await http.Response.Body.FlushAsync();
            http.Abort();
        };

        (await alice.GetAsync(Method)).Refused(502, "UpstreamFailure");
    }

    [Fact]
    public async Task Many_at_once_take_no_more_memory_than_there_is_for_them_and_every_caller_is_answered()
    {
        var (alice, seen) = await LaggingAsync();
        var padding = new string('x', 1_500_000);
        var page = FeedOf();
        page["padding"] = padding;
        pds.AppView.Says(Method, page, seen);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => alice.GetAsync(Method)));

        Assert.All(answers, answer => Assert.Equal(padding, answer.Ok().GetProperty("padding").GetString()));
        Assert.Equal(0, pds.Services.GetRequiredService<AnswerMemory>().Taken);
    }

    [Fact]
    public async Task A_refusal_stays_one()
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Says(Method, """{"error":"NotFound","message":"not here"}""", seen, status: 400);

        Assert.Equal("not here", (await alice.GetAsync(Method)).Refused(400, "NotFound").Message);
    }

    [Fact]
    public async Task Another_service_that_the_caller_names_is_completed_as_well()
    {
        var (alice, seen) = await LaggingAsync();
        pds.Other.Says(Method, FeedOf(), seen);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}");
        request.Headers.Add("atproto-proxy", $"{pds.Other.Did}#fake");

        Assert.Single((await alice.SendAsync(request)).Ok().GetProperty("feed").EnumerateArray());
    }

    [Fact]
    public async Task A_deactivated_account_has_nothing_that_shows()
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Says(Method, FeedOf(), seen);
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        Assert.Empty((await alice.GetAsync(Method)).Ok().GetProperty("feed").EnumerateArray());
    }

    [Fact]
    public async Task A_repo_that_came_here_whole_has_nothing_unseen_but_what_is_newer_by_its_key()
    {
        var (alice, seen) = await LaggingAsync();
        var old = new Tid(seen.Bits - (1UL << 40));
        (await alice.CreateRecordAsync(Records.Post("brought along"), rkey: old.ToString())).Ok();
        await pds.ExecuteAsync(
            "UPDATE repo_record SET rev = (SELECT rev FROM repo WHERE did = @0) WHERE repo_id = (SELECT id FROM repo WHERE did = @0)", alice.Did.Value);
        var elsewhere = $"at://{alice.Did}/app.bsky.feed.post/notbrought";
        pds.AppView.Says(Method, FeedOf(Post(alice, elsewhere, minutesAgo: 1)), seen);

        var feed = (await alice.GetAsync(Method)).Ok().GetProperty("feed").EnumerateArray().Select(item => item.GetProperty("post")).ToList();

        Assert.Equal(["unseen", "seen"], feed.Select(post => post.GetProperty("record").GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(null, "identity;q=1")]
    [InlineData("gzip", "identity;q=1,gzip;q=0.3")]
    [InlineData("gzip, deflate, br", "identity;q=1,gzip;q=0.3,deflate;q=0.2,br;q=0.1")]
    [InlineData("br;q=0.5, gzip;q=0", "identity;q=1,br;q=0.1")]
    [InlineData("*", "identity;q=1,gzip;q=0.3,deflate;q=0.2,br;q=0.1")]
    [InlineData("identity;q=0, GZIP; q=1", "gzip;q=0.3,*;q=0")]
    [InlineData("zstd", "identity;q=1")]
    public async Task A_service_is_asked_for_what_caller_and_server_both_understand(string? accepted, string asked)
    {
        var alice = await pds.SignUpAsync();
        pds.AppView.Says(Method, FeedOf(), rev: null);

        Assert.Equal(200, (int)(await AskAsync(alice, accepted)).Status);

        var call = pds.AppView.Calls.Last(call => ((string)call["target"]!).Contains(Method, StringComparison.Ordinal));
        Assert.Equal(asked, (string?)call["headers"]!["accept-encoding"]);
    }

    [Fact]
    public async Task A_caller_who_understands_nothing_is_told_so()
    {
        var alice = await pds.SignUpAsync();

        (await AskAsync(alice, "*;q=0")).Refused(406, "NotAcceptable");
        (await AskAsync(alice, "identity;q=0")).Refused(406, "NotAcceptable");
        foreach (var wrong in new[] { "junk=1", "gzip;q", "gzip;q=2", "gzip;q=1;q=1", "gzip;a=1" })
            Assert.Equal($"Invalid accept-encoding: \"{wrong}\"", (await AskAsync(alice, wrong)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task A_plain_answer_is_compressed_here_for_whoever_takes_it_so()
    {
        var (alice, seen) = await LaggingAsync();
        pds.AppView.Says(Method, FeedOf(), seen);

        var answer = await AskAsync(alice, "gzip");

        Assert.Equal("gzip", answer.Headers["Content-Encoding"]);
        Assert.Single(JsonNode.Parse(Packed.Gunzip(answer.Body))!["feed"]!.AsArray());
    }

    private static Task<XrpcAnswer> AskAsync(XrpcClient caller, string? accepted)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}");
        if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        return caller.SendAsync(request);
    }

    private static Task SayAsync(HttpContext http, Tid seen, string encoding, byte[] body)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentEncoding = encoding;
        http.Response.Headers["atproto-repo-rev"] = seen.ToString();
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    /// <summary>Somebody of whom the AppView has not seen the newest post, and how far it has.</summary>
    private async Task<(Actor, Tid)> LaggingAsync()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishAsync("first");
        var seen = await alice.HeadAsync();
        await alice.PublishAsync("unseen");
        return (alice, seen);
    }
}
