using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class UploadBlobTests(UploadBlobTests.SmallLimit pds) : IClassFixture<UploadBlobTests.SmallLimit>
{
    private const int Limit = 100_000;
    private const string Collection = "com.example.thing";

    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. "not much of a picture"u8];

    public sealed class SmallLimit : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Storage:BlobUploadLimit"] = $"{Limit}" };
    }

    [Fact]
    public async Task Answers_with_the_reference_that_records_mention_it_by()
    {
        var alice = await pds.SignUpAsync();

        var blob = await alice.UploadBlobAsync("hello"u8.ToArray());

        var cid = Cid.Of(CidCodec.Raw, "hello"u8);
        Assert.Equal($$$"""{"$type":"blob","ref":{"$link":"{{{cid}}}"},"mimeType":"text/plain","size":5}""", blob.GetRawText());
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8", "text/plain")]
    [InlineData("*/*", "*/*")]
    [InlineData("application/x-who-knows", "application/x-who-knows")]
    [InlineData(";", "application/octet-stream")]
    [InlineData("nonsense", "application/octet-stream")]
    public async Task Believes_the_header_about_bytes_that_it_does_not_know(string header, string mimeType)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(mimeType, (await alice.UploadBlobAsync("plain words"u8.ToArray(), header)).GetProperty("mimeType").GetString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("image/jpeg")]
    [InlineData("*/*")]
    public async Task Believes_bytes_that_it_knows_more_than_the_header(string header)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("image/png", (await alice.UploadBlobAsync(Png, header)).GetProperty("mimeType").GetString());
    }

    [Fact]
    public async Task Takes_an_empty_file()
    {
        var alice = await pds.SignUpAsync();

        var blob = await alice.UploadBlobAsync([]);
        (await alice.CreateRecordAsync(new { blob }, Collection)).Ok();

        Assert.Equal(0, blob.GetProperty("size").GetInt32());
        Assert.Empty((await GetBlobAsync(alice, blob)).Body);
    }

    [Fact]
    public async Task Takes_a_file_that_came_compressed_for_what_it_is()
    {
        var alice = await pds.SignUpAsync();
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(Png);
        var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("image/png"), ContentEncoding = { "gzip" } } };

        var answer = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.uploadBlob") { Content = content });

        Assert.Equal(Png.Length, answer.Ok().GetProperty("blob").GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Refuses_an_upload_that_does_not_say_what_it_is_or_by_whom()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync("com.atproto.repo.uploadBlob", "hello"u8.ToArray(), contentType: null)).Refused(400, "InvalidRequest");
        (await pds.Anyone.PostAsync("com.atproto.repo.uploadBlob", "hello"u8.ToArray(), "text/plain")).Refused(401, "AuthMissing");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_a_file_of_the_limit_and_none_larger(bool chunked)
    {
        var alice = await pds.SignUpAsync();

        (await UploadAsync(alice, Limit, chunked)).Ok();
        (await UploadAsync(alice, Limit + 1, chunked)).Refused(413, "PayloadTooLarge");
        (await UploadAsync(alice, 5 * Limit, chunked)).Refused(413, "PayloadTooLarge");

        Assert.DoesNotContain(pds.Data.EnumerateFiles("*", SearchOption.AllDirectories), file => file.Length == Limit + 1 && file.DirectoryName != pds.Data.FullName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_the_next_request_on_a_connection_that_brought_too_much(bool chunked)
    {
        var alice = await pds.SignUpAsync();
        var address = new Uri(pds.Url);
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        var body = new string('x', 5 * Limit);

        await SendAsync(stream, $"POST /xrpc/com.atproto.repo.uploadBlob HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: {alice.Authorization}\r\nContent-Type: text/plain\r\n");
        await SendAsync(stream, chunked ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n" : $"Content-Length: {body.Length}\r\n\r\n{body}");
        await SendAsync(stream, $"GET /xrpc/_health HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");

        Assert.Contains(" 413 ", await StatusLineAsync(answers), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await StatusLineAsync(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_seen_by_nobody_until_a_record_mentions_it()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync(Png);

        (await GetBlobAsync(alice, blob)).Refused(400, "InvalidRequest");
        Assert.Empty(await ListBlobsAsync(alice));

        (await alice.CreateRecordAsync(new { blob }, Collection)).Ok();
        var answer = await GetBlobAsync(alice, blob);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(Png, answer.Body);
        Assert.Equal("image/png", answer.Headers["Content-Type"]);
        Assert.Equal([CidOf(blob)], await ListBlobsAsync(alice));
    }

    [Fact]
    public async Task Takes_the_same_file_again_and_says_what_the_records_say_of_it()
    {
        var alice = await pds.SignUpAsync();
        var content = "the same"u8.ToArray();
        var first = await alice.UploadBlobAsync(content, "text/one");
        var second = await alice.UploadBlobAsync(content, "text/two");
        (await alice.CreateRecordAsync(new { blob = second }, Collection)).Ok();

        var third = await alice.UploadBlobAsync(content, "text/three");

        Assert.Equal(CidOf(first), CidOf(third));
        Assert.Equal(("text/two", "text/two"), (second.GetProperty("mimeType").GetString(), third.GetProperty("mimeType").GetString()));
        Assert.Equal(content, (await GetBlobAsync(alice, third)).Body); // still there for everybody
    }

    [Fact]
    public async Task Refuses_records_that_say_something_else_of_it()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var blob = await alice.UploadBlobAsync(Png);
        var before = await alice.GetLatestCommitAsync();

        (await MentionAsync(alice, CidOf(blob), "image/jpeg", Png.Length)).Refused(400, "InvalidMimeType");
        (await MentionAsync(alice, CidOf(blob), "image/png", Png.Length + 1)).Refused(400, "InvalidSize");
        (await MentionAsync(alice, Cid.Of(CidCodec.Raw, "never uploaded"u8).ToString(), "image/png", 14)).Refused(400, "BlobNotFound");
        (await MentionAsync(bob, CidOf(blob), "image/png", Png.Length)).Refused(400, "BlobNotFound");
        (await MentionAsync(alice, CidOf(blob), "image/png", "big")).Refused(400, "InvalidRequest");

        Assert.Equal(before, await alice.GetLatestCommitAsync());
        (await MentionAsync(alice, CidOf(blob), "image/png", Png.Length)).Ok();
    }

    [Fact]
    public async Task Refuses_records_whose_lexicon_wants_another_kind_of_file()
    {
        var alice = await pds.SignUpAsync();
        var (text, picture) = (await alice.UploadBlobAsync("words"u8.ToArray()), await alice.UploadBlobAsync(Png));

        (await alice.PutRecordAsync(new { avatar = text }, "app.bsky.actor.profile", "self")).Refused(400, "InvalidRequest");
        (await alice.PutRecordAsync(new { avatar = picture }, "app.bsky.actor.profile", "self")).Ok();
    }

    [Fact]
    public async Task Stays_while_one_of_two_records_mentions_it_and_goes_with_the_last()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("shared"u8.ToArray());
        (await alice.CreateRecordAsync(new { blob, again = blob }, Collection, "one")).Ok();
        (await alice.CreateRecordAsync(new { n = 2, blob }, Collection, "two")).Ok();

        (await alice.DeleteRecordAsync(Collection, "one")).Ok();
        (await GetBlobAsync(alice, blob)).IsFile("shared");

        (await alice.PutRecordAsync(new { n = 2 }, Collection, "two")).Ok(); // an update that no longer mentions it
        await IsGoneAsync(alice, blob);
    }

    [Fact]
    public async Task Stays_when_it_moves_from_one_record_to_another_in_one_commit()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("moving"u8.ToArray());
        (await alice.CreateRecordAsync(new { blob }, Collection, "one")).Ok();

        (await alice.ApplyWritesAsync(Writes.Delete(Collection, "one"), Writes.Create(Collection, new { n = 2, blob }, "two"))).Ok();
        (await GetBlobAsync(alice, blob)).IsFile("moving");
        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { n = 3, blob }, "one"), Writes.Update(Collection, "two", new { n = 2 }))).Ok();
        (await GetBlobAsync(alice, blob)).IsFile("moving");

        (await alice.ApplyWritesAsync(Writes.Delete(Collection, "one"), Writes.Delete(Collection, "two"))).Ok();
        await IsGoneAsync(alice, blob);
    }

    [Fact]
    public async Task Stays_unseen_when_a_batch_mentions_it_in_passing_only()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("in passing"u8.ToArray());

        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { blob }, "one"), Writes.Update(Collection, "one", new { n = 2 }))).Ok();

        (await GetBlobAsync(alice, blob)).Refused(400, "InvalidRequest");
        (await alice.PutRecordAsync(new { n = 3, blob }, Collection, "one")).Ok(); // it may still be mentioned
        (await GetBlobAsync(alice, blob)).IsFile("in passing");
    }

    [Fact]
    public async Task Belongs_to_each_account_by_itself()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var content = "everybody's"u8.ToArray();
        var (hers, his) = (await alice.UploadBlobAsync(content), await bob.UploadBlobAsync(content));
        (await alice.CreateRecordAsync(new { blob = hers }, Collection, "r")).Ok();
        (await bob.CreateRecordAsync(new { blob = his }, Collection, "r")).Ok();

        (await alice.DeleteRecordAsync(Collection, "r")).Ok();

        await IsGoneAsync(alice, hers);
        (await GetBlobAsync(bob, his)).IsFile("everybody's");
    }

    [Fact]
    public async Task Comes_back_when_it_is_uploaded_again_after_its_last_record_went()
    {
        var alice = await pds.SignUpAsync();
        var blob = await alice.UploadBlobAsync("phoenix"u8.ToArray());
        (await alice.CreateRecordAsync(new { blob }, Collection, "r")).Ok();
        (await alice.DeleteRecordAsync(Collection, "r")).Ok();
        (await alice.CreateRecordAsync(new { blob }, Collection, "r")).Refused(400, "BlobNotFound");

        var again = await alice.UploadBlobAsync("phoenix"u8.ToArray());
        (await alice.CreateRecordAsync(new { blob = again }, Collection, "r")).Ok();

        (await GetBlobAsync(alice, again)).IsFile("phoenix");
    }

    private async Task IsGoneAsync(Actor owner, JsonElement blob)
    {
        (await GetBlobAsync(owner, blob)).Refused(400, "InvalidRequest");
        Assert.DoesNotContain(CidOf(blob), await ListBlobsAsync(owner));
        Assert.False(pds.BlobFile(owner, CidOf(blob)).Exists);
        (await owner.CreateRecordAsync(new { blob }, Collection)).Refused(400, "BlobNotFound");
    }

    private Task<XrpcAnswer> GetBlobAsync(Actor owner, JsonElement blob) =>
        pds.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = owner.Did.Value, cid = CidOf(blob) });

    private async Task<IEnumerable<string?>> ListBlobsAsync(Actor owner) =>
        (await pds.Anyone.GetAsync("com.atproto.sync.listBlobs", new { did = owner.Did.Value })).Ok().GetProperty("cids").EnumerateArray().Select(cid => cid.GetString());

    private static string CidOf(JsonElement blob) => blob.GetProperty("ref").GetProperty("$link").GetString()!;

    private static Task<XrpcAnswer> MentionAsync(Actor actor, string cid, string mimeType, object size)
    {
        var blob = new Dictionary<string, object> { ["$type"] = "blob", ["ref"] = new Dictionary<string, string> { ["$link"] = cid }, ["mimeType"] = mimeType, ["size"] = size };
        return actor.CreateRecordAsync(new { nested = new[] { new { blob } } }, Collection);
    }

    private static Task<XrpcAnswer> UploadAsync(Actor actor, int length, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.uploadBlob") { Content = new ByteArrayContent(new byte[length]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TransferEncodingChunked = chunked;
        return actor.SendAsync(request);
    }

    private static ValueTask SendAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The next answer's first line; what follows up to there is passed over.</summary>
    private static async Task<string> StatusLineAsync(StreamReader answers)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            var line = await answers.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("The server closed the connection");
            if (line.IndexOf("HTTP/1.1 ", StringComparison.Ordinal) is var at and >= 0) return line[at..];
        }
    }
}
