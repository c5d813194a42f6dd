using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Moderating; // not that of the folder: "Moderation" is a class of the test kit

/// <summary><c>com.atproto.moderation.createReport</c>, kept here: there is no service for it.</summary>
public sealed class CreateReportTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = Reporting.Method;

    [Fact]
    public async Task Keeps_a_report_about_an_account_and_answers_what_it_has_kept()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));

        var answer = (await alice.ReportAsync(Moderation.Account(mallory.Did), reason: "sells things")).Ok();

        Assert.True(answer.GetProperty("id").GetInt64() > 0);
        Assert.Equal((Reporting.Spam, "sells things", alice.Did.Value), (answer.GetProperty("reasonType").GetString(), answer.GetProperty("reason").GetString(), answer.GetProperty("reportedBy").GetString()));
        Assert.Equal($$"""{"$type":"com.atproto.admin.defs#repoRef","did":"{{mallory.Did}}"}""", answer.GetProperty("subject").GetRawText());
        Assert.True(AtDatetime.TryParse(answer.GetProperty("createdAt").GetString(), out _));
    }

    [Fact]
    public async Task Keeps_a_report_about_a_record_in_the_version_that_was_seen_whoever_has_edited_it_since()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var post = (await mallory.PutRecordAsync(new { text = "bad" }, "com.example.thing", "one")).Ok();
        (await mallory.PutRecordAsync(new { text = "good" }, "com.example.thing", "one")).Ok();

        var byHandle = $"at://{mallory.Handle}/com.example.thing/one";
        var answer = (await alice.ReportAsync(Moderation.Record(byHandle, post.GetProperty("cid").GetString()!))).Ok();

        var subject = answer.GetProperty("subject");
        Assert.Equal(($"at://{mallory.Did}/com.example.thing/one", post.GetProperty("cid").GetString()), (subject.GetProperty("uri").GetString(), subject.GetProperty("cid").GetString()));
        Assert.False(answer.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task What_is_hidden_can_be_reported_and_what_is_not_here_cannot()
    {
        var (alice, down) = (await pds.SignUpAsync(), await pds.SignUpAsync("down"));
        await pds.TakeDownAsync(down.Did);

        (await alice.ReportAsync(Moderation.Account(down.Did))).Ok();

        const string cid = "bafyreiaolrbtsv2yodo2aohhd7vedyqwimt5rlyk52y6fsyshkxcpspgkm";
        foreach (var nowhere in new object[]
        {
            Moderation.Account(Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")), Moderation.Record($"at://{alice.Did}/com.example.thing/none", cid),
            Moderation.Record($"at://{alice.Did}", cid), Moderation.Record("at://nobody.test/com.example.thing/one", cid),
        })
            Assert.Contains("there is no such one here", (await alice.ReportAsync(nowhere)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Every_kind_of_session_may_report_and_nobody_without_one()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var app = await pds.SignInToAppAsync(alice);

        (await app.ReportAsync(Moderation.Account(mallory.Did))).Ok();
        (await pds.Anyone.ReportAsync(Moderation.Account(mallory.Did))).Refused(401, "AuthMissing");
        (await pds.Admin.ReportAsync(Moderation.Account(mallory.Did))).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task An_account_that_is_taken_down_may_appeal_for_itself_and_do_nothing_else()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        (await pds.ModerateAsync(Moderation.Account(alice.Did), Moderation.Applied())).Ok();
        var leaving = await alice.SignInToLeaveAsync();

        (await leaving.ReportAsync(Moderation.Account(alice.Did), Reporting.Appeal, "it was not me")).Ok();
        (await leaving.ReportAsync(Moderation.Account(alice.Did), "tools.ozone.report.defs#reasonAppeal")).Ok();

        (await leaving.ReportAsync(Moderation.Account(bob.Did))).Refused(403, "Forbidden");
        (await leaving.ReportAsync(Moderation.Account(bob.Did), Reporting.Appeal)).Refused(403, "Forbidden");
        (await bob.ReportAsync(Moderation.Account(alice.Did), Reporting.Appeal)).Refused(403, "Forbidden");
        (await alice.ReportAsync(Moderation.Account(alice.Did), Reporting.Appeal)).Refused(401, "AccountTakedown"); // the session that was before
    }

    [Theory]
    [InlineData("com.atproto.moderation.defs#reasonRude", true)]
    [InlineData("com.example.reasons#newerThanThisServer", true)]
    [InlineData("spam", false)]
    [InlineData("", false)]
    [InlineData("com.example.reasons", false)]
    [InlineData("com.example.reasons#a b", false)]
    [InlineData("com.example.reasons#a\n", false)]
    public async Task A_reason_is_a_token_known_or_not(string reasonType, bool isTaken)
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));

        var answer = await alice.ReportAsync(Moderation.Account(mallory.Did), reasonType);

        if (isTaken) answer.Ok();
        else answer.Refused(400, "InvalidRequest");
    }

    [Theory]
    [InlineData(2000, "a", true)]
    [InlineData(2001, "a", false)]
    [InlineData(2000, "👩‍🚀", false)] // a woman who is an astronaut: one grapheme of eleven bytes
    [InlineData(1800, "👩‍🚀", true)]
    public async Task A_reason_in_words_has_its_bounds(int count, string grapheme, bool isTaken)
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));

        var answer = await alice.ReportAsync(Moderation.Account(mallory.Did), reason: string.Concat(Enumerable.Repeat(grapheme, count)));

        if (isTaken) answer.Ok();
        else Assert.StartsWith("reason too long", answer.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reasonType":"com.example.a#b"}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":null}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":{"did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":{"$type":"com.atproto.admin.defs#repoRef"}}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":{"$type":"com.atproto.admin.defs#repoRef","did":"no"}}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":{"$type":"com.atproto.repo.strongRef","uri":"at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/a.b.c/d","cid":"no"}}""")]
    [InlineData("""{"reasonType":"com.example.a#b","subject":{"$type":"chat.bsky.convo.defs#messageRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa","convoId":"1","messageId":"2"}}""")]
    [InlineData("""{"reasonType":3,"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}}""")]
    [InlineData("""{"reasonType":"com.example.a#b","modTool":{},"subject":{"$type":"com.atproto.admin.defs#repoRef","did":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}}""")]
    public async Task Refuses_what_is_no_report(string body) => (await (await pds.SignUpAsync()).PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");

    [Fact]
    public async Task A_compressed_body_is_read_and_a_malformed_header_is_refused_though_nobody_would_be_asked()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var body = JsonSerializer.Serialize(new { reasonType = Reporting.Spam, subject = Moderation.Account(mallory.Did) });
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(body));
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}") { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        (await alice.SendAsync(request)).Ok();

        var named = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        named.Headers.Add("atproto-proxy", "did:web:nope");
        Assert.Equal("no service id specified in proxy header", (await alice.SendAsync(named)).Refused(400, "InvalidRequest").Message);
    }
}
