using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class ListRecordsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";

    /// <summary>In the order of their bytes; the slash that begins a key lies between the dot and the zero.</summary>
    private static readonly string[] Keys = ["-", "--", "-a", ".a", "...", "0", "00", "1", ":", "A", "Z", "_", "a", "a-", "a.", "a0", "~"];

    [Fact]
    public async Task Lists_the_newest_key_first_or_last()
    {
        var alice = await AliceAsync();
        var ascending = Keys.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Enumerable.Reverse(ascending), RkeysOf(await ListAsync(alice)));
        Assert.Equal(ascending, RkeysOf(await ListAsync(alice, reverse: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Goes_through_page_by_page_to_an_empty_one(bool reverse)
    {
        var alice = await AliceAsync();
        var (seen, pages, cursor) = (new List<string>(), 0, (string?)null);

        while (true)
        {
            var page = await ListAsync(alice, limit: 5, cursor, reverse);
            seen.AddRange(RkeysOf(page));
            pages++;
            if (!page.TryGetProperty("cursor", out var next)) break;
            Assert.Equal(seen[^1], cursor = next.GetString());
        }

        Assert.Equal(RkeysOf(await ListAsync(alice, reverse: reverse)), seen);
        Assert.Equal((Keys.Length / 5) + 2, pages); // the last is empty
    }

    [Fact]
    public async Task Answers_with_each_record_as_getRecord_does()
    {
        var alice = await AliceAsync();

        foreach (var item in (await ListAsync(alice)).GetProperty("records").EnumerateArray())
        {
            var record = (await alice.GetRecordAsync(Collection, Records.RkeyOf(item.GetProperty("uri").GetString()!))).Ok();
            Assert.True(JsonElement.DeepEquals(record, item));
        }
    }

    [Fact]
    public async Task Leaves_out_collections_whose_names_begin_the_same()
    {
        var alice = await AliceAsync();
        foreach (var other in new[] { "com.example.thing.more", "com.example.thing0", "com.example.thingy", "com.example.thin", "com.example-thing.thing" })
            (await alice.CreateRecordAsync(new { }, other, "r")).Ok();

        Assert.Equal(Keys.Length, RkeysOf(await ListAsync(alice)).Count());
        Assert.Equal(Keys.Length, RkeysOf(await ListAsync(alice, reverse: true)).Count());
    }

    [Fact]
    public async Task Lists_50_unless_told_otherwise_and_100_at_most()
    {
        var alice = await pds.SignUpAsync();
        (await alice.ApplyWritesAsync([.. Enumerable.Range(0, 120).Select(i => Writes.Create(Collection, new { i }, $"{i:000}"))])).Ok();

        Assert.Equal(50, RkeysOf(await ListAsync(alice)).Count());
        Assert.Equal(100, RkeysOf(await ListAsync(alice, limit: 100)).Count());
        Assert.Equal("119", RkeysOf(await ListAsync(alice, limit: 1)).Single());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("cursor=two words")]
    [InlineData("reverse=maybe")]
    public async Task Refuses_parameters_that_are_out_of_bounds(string more)
    {
        var alice = await pds.SignUpAsync();

        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/com.atproto.repo.listRecords?repo={alice.Handle}&collection={Collection}&{more}"));

        answer.Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Takes_a_cursor_whose_record_is_gone()
    {
        var alice = await AliceAsync();
        (await alice.DeleteRecordAsync(Collection, "1")).Ok();

        Assert.Equal("00", RkeysOf(await ListAsync(alice, limit: 1, cursor: "1")).Single());
        Assert.Equal(":", RkeysOf(await ListAsync(alice, limit: 1, cursor: "1", reverse: true)).Single());
    }

    [Fact]
    public async Task Finds_nothing_in_a_collection_that_is_not_there_and_refuses_a_repo_that_is_not()
    {
        var alice = await pds.SignUpAsync();

        var empty = await ListAsync(alice);
        var refusal = await pds.Anyone.GetAsync("com.atproto.repo.listRecords", new { repo = "nobody.test", collection = Collection });

        Assert.Equal("""{"records":[]}""", empty.GetRawText());
        Assert.Equal("Could not find repo: nobody.test", refusal.Refused(400, "InvalidRequest").Message);
    }

    private async Task<Actor> AliceAsync()
    {
        var alice = await pds.SignUpAsync();
        (await alice.ApplyWritesAsync([.. Keys.Select(rkey => Writes.Create(Collection, new { rkey }, rkey))])).Ok();
        return alice;
    }

    private async Task<JsonElement> ListAsync(Actor owner, int? limit = null, string? cursor = null, bool? reverse = null) =>
        (await pds.Anyone.GetAsync("com.atproto.repo.listRecords", new { repo = owner.Handle, collection = Collection, limit, cursor, reverse })).Ok();

    private static IEnumerable<string> RkeysOf(JsonElement page) =>
        page.GetProperty("records").EnumerateArray().Select(item => Records.RkeyOf(item.GetProperty("uri").GetString()!));
}
