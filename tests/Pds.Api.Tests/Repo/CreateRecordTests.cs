using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class CreateRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Answers_with_the_cid_that_getRecord_then_returns()
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(Records.Post())).Ok();
        var fetched = (await alice.GetRecordAsync("app.bsky.feed.post", Records.RkeyOf(created.GetProperty("uri").GetString()!))).Ok();

        Assert.Equal(created.GetProperty("cid").GetString(), fetched.GetProperty("cid").GetString());
        Assert.NotEqual(created.GetProperty("cid").GetString(), created.GetProperty("commit").GetProperty("cid").GetString()); // easily swapped
        Assert.Equal("valid", created.GetProperty("validationStatus").GetString());
    }

    [Fact]
    public async Task Refuses_a_stale_swapCommit_and_leaves_the_repo_as_it_was()
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();
        (await alice.CreateRecordAsync(Records.Post("first"))).Ok();
        var after = await alice.GetLatestCommitAsync();

        var refusal = await alice.CreateRecordAsync(Records.Post("second"), swapCommit: before.Cid);

        refusal.Refused(400, "InvalidSwap");
        Assert.Equal($"Commit was at {after.Cid}", refusal.Message);
        Assert.Equal(after, await alice.GetLatestCommitAsync());
        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Fact]
    public async Task Tells_the_firehose_with_all_that_it_takes_to_undo_it()
    {
        var alice = await pds.SignUpAsync();
        var before = (await alice.ExportAsync()).Commit;
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var created = (await alice.CreateRecordAsync(Records.Post())).Ok();

        var frame = await firehose.NextAsync();
        Assert.Equal("#commit", frame.Type);
        Assert.Equal(alice.Did.Value, frame.Body.Text("repo"));
        Assert.Equal(created.GetProperty("commit").GetProperty("rev").GetString(), frame.Body.Text("rev"));
        Assert.Equal(before.Rev.ToString(), frame.Body.Text("since"));
        Assert.Equal(new LexLink(before.Data), frame.Body["prevData"]);
    }

    [Fact]
    public async Task Makes_a_commit_that_a_consumer_can_verify_and_undo()
    {
        var alice = await pds.SignUpAsync();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        for (var i = 0; i < 5; i++) (await alice.CreateRecordAsync(Records.Post($"post {i}"))).Ok();

        follower.VerifyAll(await firehose.NextAsync(5, alice.Did.Value));
        Assert.Equal((await alice.ExportAsync()).Records, follower.Records);
    }

    [Fact]
    public async Task Fills_in_the_type()
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(new { }, "com.example.thing")).Ok();

        Assert.Equal("com.example.thing", (await ValueOfAsync(alice, created)).GetProperty("$type").GetString());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Refuses_a_type_that_is_not_the_collections_checked_or_not(string validate)
    {
        var alice = await pds.SignUpAsync();

        var refusal = await PostAsync(alice, """{"$type":"com.example.other"}""", $"""
            ,"validate":{validate}
            """);

        Assert.Equal("Invalid $type: expected com.example.thing, got com.example.other", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("app.bsky.feed.post", null, "valid")]
    [InlineData("app.bsky.feed.post", true, "valid")]
    [InlineData("app.bsky.feed.post", false, null)]
    [InlineData("com.example.thing", null, "unknown")]
    [InlineData("com.example.thing", false, null)]
    public async Task Says_how_the_record_was_checked(string collection, bool? validate, string? status)
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(Records.Post(), collection, validate: validate)).Ok();

        Assert.Equal(status, created.TryGetProperty("validationStatus", out var said) ? said.GetString() : null);
    }

    [Fact]
    public async Task Refuses_an_unknown_type_that_was_to_be_checked()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await alice.CreateRecordAsync(new { }, "com.example.thing", validate: true);

        Assert.Equal("Unknown lexicon type: com.example.thing", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_a_record_that_its_lexicon_does_not_allow_unless_told_not_to_look()
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();

        var refusal = await alice.CreateRecordAsync(new { text = "no date" });

        Assert.StartsWith("Invalid app.bsky.feed.post record: ", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        Assert.Equal(before, await alice.GetLatestCommitAsync());
        (await alice.CreateRecordAsync(new { text = "no date" }, validate: false)).Ok();
    }

    [Theory]
    [InlineData("app.bsky.actor.profile", "somebody")]
    [InlineData("app.bsky.feed.post", "not-a-tid")]
    public async Task Refuses_a_key_that_the_lexicon_does_not_allow(string collection, string rkey)
    {
        var alice = await pds.SignUpAsync();

        var refusal = await alice.CreateRecordAsync(Records.Post(), collection, rkey);

        Assert.StartsWith($"Invalid record key for {collection}", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.bsky.actor.profile", "self")]
    [InlineData("com.example.thing", "any:Key_~.-1")]
    public async Task Takes_a_key_that_the_lexicon_allows(string collection, string rkey)
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(new { }, collection, rkey)).Ok();

        Assert.Equal($"at://{alice.Did}/{collection}/{rkey}", created.GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("é")]
    public async Task Refuses_what_is_no_record_key(string rkey)
    {
        var alice = await pds.SignUpAsync();

        (await alice.CreateRecordAsync(new { }, "com.example.thing", rkey)).Refused(400, "InvalidRequest");
        (await alice.CreateRecordAsync(new { }, "com.example.thing", rkey, validate: false)).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Takes_a_key_of_512_characters_and_none_longer()
    {
        var alice = await pds.SignUpAsync();

        (await alice.CreateRecordAsync(new { }, "com.example.thing", new string('k', 512))).Ok();
        (await alice.CreateRecordAsync(new { }, "com.example.thing", new string('k', 513))).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Gives_keys_that_are_tids_and_go_up()
    {
        var alice = await pds.SignUpAsync();

        var rkeys = new List<string>();
        for (var i = 0; i < 10; i++)
            rkeys.Add(Records.RkeyOf((await alice.CreateRecordAsync(new { }, "com.example.thing")).Ok().GetProperty("uri").GetString()!));

        Assert.All(rkeys, rkey => Assert.True(Tid.TryParse(rkey, out _), rkey));
        Assert.Equal(rkeys.Distinct().Order(StringComparer.Ordinal), rkeys);
    }

    [Fact]
    public async Task Refuses_a_key_that_is_taken_and_leaves_no_trace()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(new { n = 1 }, "com.example.thing", "taken")).Ok();
        var before = await alice.GetLatestCommitAsync();

        var refusal = await alice.CreateRecordAsync(new { n = 2 }, "com.example.thing", "taken");

        refusal.Refused(400, "InvalidRequest");
        Assert.Contains("already exists", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await alice.GetLatestCommitAsync());
        Assert.Equal(1, (await alice.GetRecordAsync("com.example.thing", "taken")).Ok().GetProperty("value").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Knows_the_callers_repo_by_its_handle_too()
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.PostAsync("com.atproto.repo.createRecord", new { repo = alice.Handle, collection = "com.example.thing", record = new { } })).Ok();

        Assert.StartsWith($"at://{alice.Did}/", created.GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_anothers_repo_and_one_that_is_not_here()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        foreach (var repo in new[] { bob.Did.Value, bob.Handle })
            (await alice.PostAsync("com.atproto.repo.createRecord", new { repo, collection = "com.example.thing", record = new { } })).Refused(401, "AuthenticationRequired");
        foreach (var repo in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "nobody.test" })
            (await alice.PostAsync("com.atproto.repo.createRecord", new { repo, collection = "com.example.thing", record = new { } })).Refused(403, "AccountNotFound");
        Assert.Empty((await bob.ExportAsync()).Records);
    }

    [Fact]
    public async Task Refuses_a_caller_without_a_token()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await pds.Anyone.PostAsync("com.atproto.repo.createRecord", new { repo = alice.Did.Value, collection = "com.example.thing", record = new { } });

        refusal.Refused(401, "AuthMissing");
    }

    [Theory]
    [InlineData("app.bsky.feed.like")]
    [InlineData("app.bsky.feed.repost")]
    [InlineData("app.bsky.graph.follow")]
    [InlineData("app.bsky.graph.block")]
    public async Task Replaces_an_earlier_one_of_the_same_subject_in_the_same_commit(string collection)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var post = (await bob.CreateRecordAsync(Records.Post())).Ok();
        object record = collection.StartsWith("app.bsky.feed", StringComparison.Ordinal)
            ? Records.Like(post.GetProperty("uri").GetString()!, post.GetProperty("cid").GetString()!)
            : Records.Follow(bob.Did.Value);
        (await alice.CreateRecordAsync(record, collection)).Ok();
        var follower = await CommitVerifier.FromNowAsync(alice, alice.Did);
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var second = (await alice.CreateRecordAsync(record, collection)).Ok();

        var frame = Assert.Single(await firehose.NextAsync(1, alice.Did.Value));
        follower.Verify(frame);
        Assert.Equal(2, ((LexArray)frame.Body["ops"]!).Items.Count);
        Assert.Equal($"{collection}/{Records.RkeyOf(second.GetProperty("uri").GetString()!)}", Assert.Single((await alice.ExportAsync()).Records).Key);
    }

    [Fact]
    public async Task Keeps_an_earlier_one_of_the_same_subject_when_told_not_to_look()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow")).Ok();

        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow", validate: false)).Ok();

        Assert.Equal(2, (await alice.ExportAsync()).Records.Count);
    }

    [Fact]
    public async Task Keeps_those_of_other_subjects_and_other_kinds()
    {
        var (alice, bob, carol) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"), await pds.SignUpAsync("carol"));

        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.follow")).Ok();
        (await alice.CreateRecordAsync(Records.Follow(carol.Did.Value), "app.bsky.graph.follow")).Ok();
        (await alice.CreateRecordAsync(Records.Follow(bob.Did.Value), "app.bsky.graph.block")).Ok();

        Assert.Equal(3, (await alice.ExportAsync()).Records.Count);
    }

    [Theory]
    [InlineData("""{"n":1.0}""", """{"n":1,"$type":"com.example.thing"}""")]
    [InlineData("""{"n":1e3}""", """{"n":1000,"$type":"com.example.thing"}""")]
    [InlineData("""{"n":-0.0}""", """{"n":0,"$type":"com.example.thing"}""")]
    [InlineData("""{"n":9007199254740991}""", """{"n":9007199254740991,"$type":"com.example.thing"}""")]
    [InlineData("""{"n":-9007199254740991}""", """{"n":-9007199254740991,"$type":"com.example.thing"}""")]
    [InlineData("""{"b":{"$bytes":"AQ=="}}""", """{"b":{"$bytes":"AQ"},"$type":"com.example.thing"}""")]
    [InlineData("""{"x":{"deep":[null,true,"é\u0000😀"]}}""", """{"x":{"deep":[null,true,"é\u0000😀"]},"$type":"com.example.thing"}""")]
    public async Task Keeps_values_as_the_data_model_has_them(string record, string expected)
    {
        var alice = await pds.SignUpAsync();

        var created = (await PostAsync(alice, record)).Ok();

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, await ValueOfAsync(alice, created)));
    }

    [Theory]
    [InlineData("""{"n":9007199254740992}""")]
    [InlineData("""{"n":-9007199254740992}""")]
    [InlineData("""{"n":1e400}""")]
    [InlineData("""{"n":1.5}""")]
    [InlineData("""{"n":1e-1}""")]
    [InlineData("""{"b":{"$bytes":"not base64!"}}""")]
    [InlineData("""{"l":{"$link":"bafy"}}""")]
    [InlineData("""{"__proto__":{}}""")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"t":"\ud800"}""")]
    [InlineData("""{"x":{"$type":7}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public async Task Refuses_what_the_data_model_has_no_place_for(string record)
    {
        var alice = await pds.SignUpAsync();
        var before = await alice.GetLatestCommitAsync();

        (await PostAsync(alice, record, ",\"validate\":false")).Refused(400, "InvalidRequest");

        Assert.Equal(before, await alice.GetLatestCommitAsync());
    }

    [Theory]
    [InlineData(61, 200)]
    [InlineData(100, 400)]
    [InlineData(3000, 400)]
    public async Task Bounds_how_deep_a_record_nests(int depth, int status)
    {
        var alice = await pds.SignUpAsync();

        var answer = await PostAsync(alice, $$"""{"x":{{new string('[', depth)}}{{new string(']', depth)}} }""");

        Assert.Equal(status, (int)answer.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_blob_references_of_the_form_before_2023(bool isKnownType)
    {
        var alice = await pds.SignUpAsync();
        const string Blob = """{"cid":"bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy","mimeType":"image/png"}""";

        var answer = isKnownType
            ? await PostAsync(alice, $$"""{"avatar":{{Blob}}}""", ",\"rkey\":\"self\",\"validate\":false", "app.bsky.actor.profile")
            : await PostAsync(alice, $$"""{"file":{{Blob}}}""");

        answer.Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Keeps_fields_that_the_lexicon_does_not_know()
    {
        var alice = await pds.SignUpAsync();

        var created = (await alice.CreateRecordAsync(new { text = "hi", createdAt = Records.Moment, fromTheFuture = new { a = 1 } })).Ok();

        Assert.Equal("valid", created.GetProperty("validationStatus").GetString());
        Assert.Equal(1, (await ValueOfAsync(alice, created)).GetProperty("fromTheFuture").GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Takes_a_body_of_a_million_bytes_and_none_larger()
    {
        var alice = await pds.SignUpAsync();
        var frame = $$"""{"repo":"{{alice.Did}}","collection":"com.example.thing","record":{"t":""} }""";
        string Body(int length) => frame.Replace("\"\"", $"\"{new string('x', length - frame.Length)}\"", StringComparison.Ordinal);

        (await alice.PostAsync("com.atproto.repo.createRecord", Body(1_000_000), "application/json")).Ok();
        (await alice.PostAsync("com.atproto.repo.createRecord", Body(1_000_001), "application/json")).Refused(413, "PayloadTooLargeError");

        Assert.Single((await alice.ExportAsync()).Records);
    }

    private static Task<XrpcAnswer> PostAsync(Actor actor, string record, string more = "", string collection = "com.example.thing") =>
        actor.PostAsync("com.atproto.repo.createRecord", $$"""{"repo":"{{actor.Did}}","collection":"{{collection}}","record":{{record}}{{more}} }""", "application/json");

    private static async Task<JsonElement> ValueOfAsync(Actor actor, JsonElement created)
    {
        var uri = AtUri.Parse(created.GetProperty("uri").GetString()!);
        return (await actor.GetRecordAsync(uri.Collection!.Value, uri.Rkey!.Value)).Ok().GetProperty("value");
    }
}
