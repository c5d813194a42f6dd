using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class GetBlobTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Sends_the_bytes_as_a_download_that_no_browser_runs()
    {
        var alice = await pds.SignUpAsync();
        var cid = await alice.PublishBlobAsync("<script>alert(1)</script>", "text/html");

        var blob = await GetAsync(pds.Anyone, alice, cid);

        Assert.Equal("<script>alert(1)</script>", blob.Text);
        Assert.Equal("text/html", blob.Headers["Content-Type"]);
        Assert.Equal("25", blob.Headers["Content-Length"]);
        Assert.Equal("nosniff", blob.Headers["X-Content-Type-Options"]);
        Assert.Equal($"attachment; filename=\"{cid}\"", blob.Headers["Content-Disposition"]);
        Assert.Equal("default-src 'none'; sandbox", blob.Headers["Content-Security-Policy"]);
    }

    [Fact]
    public async Task A_type_that_says_nothing_is_sent_as_bytes()
    {
        var alice = await pds.SignUpAsync();
        var cid = await alice.PublishBlobAsync("whatever", "*/*");

        var blob = await GetAsync(pds.Anyone, alice, cid);

        Assert.Equal("application/octet-stream", blob.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Answers_HEAD_without_the_bytes()
    {
        var alice = await pds.SignUpAsync();
        var cid = await alice.PublishBlobAsync("a file");

        var head = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/xrpc/com.atproto.sync.getBlob?did={alice.Did}&cid={cid}"));

        Assert.Equal((200, 0, "6"), ((int)head.Status, head.Body.Length, head.Headers["Content-Length"]));
    }

    [Fact]
    public async Task Refuses_a_blob_that_is_not_there()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await GetAsync(pds.Anyone, alice, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");

        Assert.Equal("Blob not found", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task A_blob_of_another_account_is_not_there()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var cid = await bob.PublishBlobAsync("his");

        Assert.Equal("Blob not found", (await GetAsync(alice, alice, cid)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Nobody_reads_a_blob_that_no_record_mentions_yet()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("a draft"u8.ToArray());
        var cid = blob.GetProperty("ref").GetProperty("$link").GetString()!;

        foreach (var reader in new[] { pds.Anyone, alice, pds.Admin })
            Assert.Equal("Blob not found", (await GetAsync(reader, alice, cid)).Refused(400, "InvalidRequest").Message);

        (await alice.CreateRecordAsync(new { file = blob }, "com.example.file")).Ok();
        Assert.Equal("a draft", (await GetAsync(pds.Anyone, alice, cid)).Text);
    }

    [Fact]
    public async Task Nobody_but_the_administrator_reads_a_blob_that_is_taken_down()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var cid = await alice.PublishBlobAsync("objectionable");

        await pds.TakeDownAsync(alice.Did, Cid.Parse(cid));

        foreach (var reader in new[] { pds.Anyone, bob, alice })
            Assert.Equal("Blob not found", (await GetAsync(reader, alice, cid)).Refused(400, "InvalidRequest").Message);
        Assert.Equal("objectionable", (await GetAsync(pds.Admin, alice, cid)).Text);
    }

    private static Task<XrpcAnswer> GetAsync(XrpcClient reader, Actor owner, string cid) =>
        reader.GetAsync("com.atproto.sync.getBlob", new { did = owner.Did.Value, cid });
}
