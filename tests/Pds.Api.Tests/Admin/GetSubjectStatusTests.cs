using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class GetSubjectStatusTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.getSubjectStatus";
    private const string Unknown = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    private const string AnyCid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    [Fact]
    public async Task Says_whether_an_account_is_taken_down_and_deactivated()
    {
        var alice = await pds.SignUpAsync();
        var subject = $$"""{"$type":"com.atproto.admin.defs#repoRef","did":"{{alice.Did}}"}""";

        (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).IsFile(
            $$$"""{"subject":{{{subject}}},"takedown":{"applied":false},"deactivated":{"applied":false}}""");

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied("case-1"), Moderating.Applied())).Ok();
        (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value })).IsFile(
            $$$"""{"subject":{{{subject}}},"takedown":{"applied":true,"ref":"case-1"},"deactivated":{"applied":true}}""");
    }

    [Fact]
    public async Task Says_whether_a_record_is_taken_down_in_its_present_version()
    {
        var alice = await pds.SignUpAsync();
        var first = (await alice.CreateRecordAsync(new { n = 1 }, "com.example.thing", "one")).Ok();
        var uri = first.GetProperty("uri").GetString()!;
        (await pds.ModerateAsync(Moderating.Record(uri, first.GetProperty("cid").GetString()!), Moderating.Applied("case-2"))).Ok();
        var second = (await alice.PutRecordAsync(new { n = 2 }, "com.example.thing", "one")).Ok();

        var status = await pds.Admin.GetAsync(Method, new { uri });

        status.IsFile($$$"""{"subject":{"$type":"com.atproto.repo.strongRef","uri":"{{{uri}}}","cid":"{{{second.GetProperty("cid").GetString()}}}"},"takedown":{"applied":true,"ref":"case-2"}}""");
        (await pds.Admin.GetAsync(Method, new { uri = uri.Replace(alice.Did.Value, alice.Handle, StringComparison.Ordinal) })).IsFile(status.Text);
    }

    [Fact]
    public async Task Says_whether_a_blob_is_taken_down_also_one_that_no_record_mentions()
    {
        var alice = await pds.SignUpAsync();
        var cid = (await alice.UploadBlobAsync("a draft"u8.ToArray())).GetProperty("ref").GetProperty("$link").GetString()!;
        var subject = $$"""{"$type":"com.atproto.admin.defs#repoBlobRef","did":"{{alice.Did}}","cid":"{{cid}}"}""";

        (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value, blob = cid })).IsFile($$$"""{"subject":{{{subject}}},"takedown":{"applied":false}}""");

        (await pds.ModerateAsync(Moderating.Blob(alice.Did, cid), Moderating.Applied("case-3"))).Ok();
        (await pds.Admin.GetAsync(Method, new { did = alice.Did.Value, blob = cid, uri = $"at://{Unknown}" })).IsFile(
            $$$"""{"subject":{{{subject}}},"takedown":{"applied":true,"ref":"case-3"}}""");
    }

    [Fact]
    public async Task Refuses_what_is_not_here()
    {
        var alice = await pds.SignUpAsync();

        foreach (var subject in new object[]
        {
            new { did = Unknown },
            new { uri = $"at://{alice.Did}/com.example.thing/nothing" },
            new { uri = $"at://{alice.Did}/com.example.thing" },
            new { uri = $"at://{Unknown}/com.example.thing/one" },
            new { did = alice.Did.Value, blob = AnyCid },
            new { did = Unknown, blob = AnyCid },
        })
            Assert.Equal("Subject not found", (await pds.Admin.GetAsync(Method, subject)).Refused(400, "NotFound").Message);
    }

    [Fact]
    public async Task Refuses_a_question_about_nothing_and_about_a_blob_of_nobody()
    {
        Assert.Equal("No provided subject", (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidRequest").Message);
        Assert.Equal("Must provide a did to request blob state", (await pds.Admin.GetAsync(Method, new { blob = AnyCid })).Refused(400, "InvalidRequest").Message);
        (await pds.Admin.GetAsync(Method, new { uri = "not an address" })).Refused(400, "InvalidRequest");
    }
}
