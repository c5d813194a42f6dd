using Pds.Application.Accounts;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class ListMissingBlobsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.repo.listMissingBlobs";

    [Fact]
    public async Task Is_empty_where_nothing_is_missing()
    {
        var alice = await pds.SignUpAsync();
        await alice.PublishBlobAsync("a file");

        Assert.Equal("""{"blobs":[]}""", (await alice.GetAsync(Method)).Text);
    }

    [Fact]
    public async Task Lists_what_records_mention_until_it_has_been_uploaded()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        repo.Put("com.example.file/a", Mentioning(CidOf("one"), CidOf("two"))).Put("com.example.file/b", Mentioning(CidOf("two")));
        (await mover.ImportAsync(repo.Car)).Ok();

        Assert.Equal(
            new Dictionary<string, string> { [$"{CidOf("one")}"] = $"at://{mover.Did}/com.example.file/a", [$"{CidOf("two")}"] = $"at://{mover.Did}/com.example.file/a" },
            await mover.MissingBlobsAsync());

        await mover.UploadBlobAsync("one"u8.ToArray());
        Assert.Equal([$"{CidOf("two")}"], (await mover.MissingBlobsAsync()).Keys);
    }

    /// <summary>References of years ago are what old accounts bring along.</summary>
    [Fact]
    public async Task Lists_blobs_that_are_mentioned_in_the_old_form()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var old = new LexObject(new Dictionary<string, LexValue> { ["cid"] = new LexString($"{CidOf("old")}"), ["mimeType"] = new LexString("image/jpeg") });

        (await mover.ImportAsync(repo.Put("com.example.file/a", new LexObject(new Dictionary<string, LexValue> { ["avatar"] = old })).Car)).Ok();

        Assert.Equal([$"{CidOf("old")}"], (await mover.MissingBlobsAsync()).Keys);
    }

    [Fact]
    public async Task Pages_cover_every_blob_once()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var all = Enumerable.Range(0, 5).Select(number => CidOf($"blob {number}")).ToList();
        (await mover.ImportAsync(repo.Put("com.example.file/a", Mentioning([.. all])).Car)).Ok();

        var (paged, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await mover.GetAsync(Method, new { limit = 2, cursor })).Ok();
            var cids = page.GetProperty("blobs").EnumerateArray().Select(blob => blob.GetProperty("cid").GetString()!).ToList();
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            Assert.Equal(cids.LastOrDefault(), cursor);
            paged.AddRange(cids);
        }
        while (cursor is not null);

        Assert.Equal(5, paged.Count);
        Assert.Equal(all.Select(cid => cid.ToString()).ToHashSet(), paged.ToHashSet());
    }

    [Fact]
    public async Task Refuses_bad_parameters_and_callers_without_a_session()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method, new { limit = 0 })).Refused(400, "InvalidRequest");
        (await alice.GetAsync(Method, new { limit = 1001 })).Refused(400, "InvalidRequest");
        (await alice.GetAsync(Method, new { cursor = "nonsense" })).Refused(400, "InvalidRequest");
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthMissing");
        (await pds.As(alice.Did, SessionScope.AppPass).GetAsync(Method)).Ok();
    }

    private static LexObject Mentioning(params Cid[] blobs) =>
        new(new Dictionary<string, LexValue> { ["files"] = new LexArray([.. blobs.Select(blob => new BlobRef(blob, "text/plain", 1).ToLex())]) });

    private static Cid CidOf(string text) => Cid.Of(CidCodec.Raw, System.Text.Encoding.UTF8.GetBytes(text));
}
