using Pds.Api.Limits;
using Pds.TestKit;
using XrpcAnswer = Pds.TestKit.XrpcAnswer;

namespace Pds.Api.Tests.Limits;

public sealed class RateLimitTests(LimitedPds pds) : IClassFixture<LimitedPds>
{
    private const string DescribeServer = "com.atproto.server.describeServer";
    private const string CreateSession = "com.atproto.server.createSession";
    private const string StatusHeaders = "RateLimit-Limit, RateLimit-Reset, RateLimit-Remaining, RateLimit-Policy";

    [Fact]
    public async Task Tells_every_client_how_it_stands()
    {
        var client = pds.From(pds.NewAddress());

        var answer = await client.GetAsync(DescribeServer);

        Assert.Equal("3000", answer.Headers["RateLimit-Limit"]);
        Assert.Equal("2999", answer.Headers["RateLimit-Remaining"]);
        Assert.Equal($"{pds.Time.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()}", answer.Headers["RateLimit-Reset"]);
        Assert.Equal("3000;w=300", answer.Headers["RateLimit-Policy"]);
        Assert.Equal(StatusHeaders, answer.Headers["Access-Control-Expose-Headers"]);
        Assert.Equal("2998", (await client.GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Refuses_more_than_the_limit_and_says_when_to_come_back()
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 2999);
        Assert.Equal("0", (await pds.From(address).GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);

        var answer = await pds.From(address).GetAsync(DescribeServer);

        Assert.Equal("Rate Limit Exceeded", answer.Refused(429, "RateLimitExceeded").Message);
        Assert.Equal("""{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}""", answer.Text);
        Assert.Equal("0", answer.Headers["RateLimit-Remaining"]);
        Assert.Equal("300", answer.Headers["Retry-After"]);
        Assert.Equal($"{StatusHeaders}, Retry-After", answer.Headers["Access-Control-Expose-Headers"]);
        (await pds.From(pds.NewAddress()).GetAsync(DescribeServer)).Ok();
    }

    [Fact]
    public async Task A_window_begins_with_the_first_request_and_ends_for_good()
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 3000);
        pds.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("1", (await pds.From(address).GetAsync(DescribeServer)).Refused(429, "RateLimitExceeded").Headers["Retry-After"]);

        pds.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("2999", (await pds.From(address).GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Counts_malformed_and_unauthorised_requests_in_silence()
    {
        var client = pds.From(pds.NewAddress());

        var refused = new[]
        {
            await client.GetAsync("com.atproto.server.getSession"), await client.GetAsync("com.atproto.repo.listRecords"),
            await client.PostAsync(CreateSession, "{", "application/json"), await client.PostAsync(DescribeServer),
        };

        Assert.All(refused, answer => Assert.False(answer.Headers.ContainsKey("RateLimit-Limit")));
        Assert.Equal("2995", (await client.GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Turns_an_address_away_before_looking_at_what_it_wants()
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 3000);
        var guess = new XrpcClient(pds.Url) { ForwardedFor = address, Authorization = "Basic YWRtaW46Z3Vlc3M=" };

        (await guess.GetAsync("com.atproto.sync.getBlob")).Refused(429, "RateLimitExceeded");
        (await guess.GetAsync("com.example.nobody.serves")).Refused(429, "RateLimitExceeded");
        (await guess.PostAsync(CreateSession, "{", "application/json")).Refused(429, "RateLimitExceeded");
    }

    [Fact]
    public async Task Counts_names_that_no_route_has()
    {
        var answer = (await pds.From(pds.NewAddress()).GetAsync("com.example.nobody.serves")).Refused(400, "InvalidRequest");

        Assert.Equal("2999", answer.Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Signing_in_is_counted_by_identifier_in_any_case_and_by_address()
    {
        var (one, two) = (pds.From(pds.NewAddress()), pds.From(pds.NewAddress()));
        for (var left = 29; left >= 0; left--)
        {
            var answer = await SignInAsync(one, left % 2 == 0 ? "mallory.test" : "MALLORY.test");
            Assert.Equal(("30", $"{left}", "30;w=300"), (answer.Headers["RateLimit-Limit"], answer.Headers["RateLimit-Remaining"], answer.Headers["RateLimit-Policy"]));
        }

        Assert.Equal("300", (await SignInAsync(one, "mallory.test")).Refused(429, "RateLimitExceeded").Headers["Retry-After"]);
        (await SignInAsync(one, "trudy.test")).Refused(401, "AuthenticationRequired");
        (await SignInAsync(two, "mallory.test")).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Of_two_windows_the_tighter_one_is_told()
    {
        var address = pds.NewAddress();
        for (var i = 0; i < 10; i++)
        {
            pds.Use(Limit.CreateSession.Own!, $"oscar.test-{address}", 29);
            pds.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var answer = await SignInAsync(pds.From(address), "oscar.test"); // the 291st of today, the first of these five minutes
        Assert.Equal(("300;w=86400", "9"), (answer.Headers["RateLimit-Policy"], answer.Headers["RateLimit-Remaining"]));

        pds.Use(Limit.CreateSession.Own!, $"oscar.test-{address}", 9);
        Assert.Equal("300;w=86400", (await SignInAsync(pds.From(address), "oscar.test")).Refused(429, "RateLimitExceeded").Headers["RateLimit-Policy"]);
    }

    [Fact]
    public async Task Writes_count_three_two_and_one_for_the_account_wherever_it_is()
    {
        var alice = await SignUpAsync();
        pds.Use(Limit.CreateRecord.Own!, alice.Did.Value, 4900);
        var (here, there) = (pds.From(pds.NewAddress(), alice), pds.From(pds.NewAddress(), alice));
        object Record(string rkey) => new { repo = alice.Did.Value, collection = Filling.Collection, rkey, record = new { about = rkey } };

        Assert.Equal("97", Remaining(await here.PostAsync("com.atproto.repo.createRecord", Record("a"))));
        Assert.Equal("95", Remaining(await there.PostAsync("com.atproto.repo.putRecord", Record("b"))));
        Assert.Equal("94", Remaining(await here.PostAsync("com.atproto.repo.deleteRecord", new { repo = alice.Did.Value, collection = Filling.Collection, rkey = "b" })));
        Assert.Equal("88", Remaining(await there.PostAsync("com.atproto.repo.applyWrites", new
        {
            repo = alice.Did.Value,
            writes = new[]
            {
                Writes.Create(Filling.Collection, new { about = "c" }, "c"), Writes.Update(Filling.Collection, "a", new { about = "again" }), Writes.Delete(Filling.Collection, "c"),
            },
        })));

        var bob = await SignUpAsync();
        Assert.Equal("2999", (await pds.From(pds.NewAddress(), bob).PostAsync("com.atproto.repo.createRecord", new { repo = bob.Did.Value, collection = Filling.Collection, record = new { } })).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task A_batch_that_goes_beyond_is_refused_and_uses_up_what_was_left()
    {
        var alice = await SignUpAsync();
        pds.Use(Limit.CreateRecord.Own!, alice.Did.Value, 4990);
        var client = pds.From(pds.NewAddress(), alice);
        var before = await alice.GetLatestCommitAsync();

        var answer = await client.PostAsync("com.atproto.repo.applyWrites", new
        {
            repo = alice.Did.Value,
            writes = Enumerable.Range(0, 4).Select(i => Writes.Create(Filling.Collection, new { i }, $"item-{i}")),
        });

        Assert.Equal("5000;w=3600", answer.Refused(429, "RateLimitExceeded").Headers["RateLimit-Policy"]);
        (await client.PostAsync("com.atproto.repo.deleteRecord", new { repo = alice.Did.Value, collection = Filling.Collection, rkey = "a" })).Refused(429, "RateLimitExceeded");
        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Fact]
    public async Task Uploads_are_counted_by_address()
    {
        var alice = await SignUpAsync();
        var address = pds.NewAddress();
        pds.Use(Limit.UploadBlob.Own!, address, 999);

        Assert.Equal("0", Remaining(await pds.From(address, alice).PostAsync("com.atproto.repo.uploadBlob", "text"u8.ToArray(), "text/plain")));
        var answer = await pds.From(address, alice).PostAsync("com.atproto.repo.uploadBlob", "text"u8.ToArray(), "text/plain");

        Assert.Equal(("1000;w=86400", "86400"), (answer.Refused(429, "RateLimitExceeded").Headers["RateLimit-Policy"], answer.Headers["Retry-After"]));
        (await pds.From(pds.NewAddress(), alice).PostAsync("com.atproto.repo.uploadBlob", "text"u8.ToArray(), "text/plain")).Ok();
    }

    [Fact]
    public async Task Exports_are_counted_apart_from_everything_else()
    {
        var alice = await SignUpAsync();
        var client = pds.From(pds.NewAddress());

        var export = await client.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value });

        export.OkCar();
        Assert.Equal(("5999", "6000;w=300"), (Remaining(export), export.Headers["RateLimit-Policy"]));
        Assert.Equal("2999", (await client.GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task An_account_is_mailed_five_codes_for_signatures_an_hour()
    {
        const string method = "com.atproto.identity.requestPlcOperationSignature";
        var alice = await SignUpAsync();

        for (var i = 0; i < 5; i++) (await pds.From(pds.NewAddress(), alice).PostAsync(method)).Ok();

        (await pds.From(pds.NewAddress(), alice).PostAsync(method)).Refused(429, "RateLimitExceeded");
        (await (await SignUpAsync()).PostAsync(method)).Ok();
    }

    [Fact]
    public async Task Nobody_is_counted_at_the_door_of_what_is_no_method()
    {
        var client = pds.From(pds.NewAddress());

        Assert.False((await client.GetAsync("_health")).Headers.ContainsKey("RateLimit-Limit"));
        Assert.Equal("2999", (await client.GetAsync(DescribeServer)).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task A_thousand_at_once_are_counted_exactly()
    {
        var address = pds.NewAddress();
        pds.Use(Limit.Global.Door, address, 2900);

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => pds.From(address).GetAsync(DescribeServer)));

        Assert.Equal(100, answers.Count(answer => (int)answer.Status == 200));
        Assert.Equal(50, answers.Count(answer => (int)answer.Status == 429));
    }

    private async Task<Actor> SignUpAsync() => await pds.SignUpAsync();

    private static string Remaining(XrpcAnswer answer) => (int)answer.Status == 200 ? answer.Headers["RateLimit-Remaining"] : answer.Text;

    private static Task<XrpcAnswer> SignInAsync(XrpcClient client, string identifier) => client.PostAsync(CreateSession, new { identifier, password = "a guess" });
}
