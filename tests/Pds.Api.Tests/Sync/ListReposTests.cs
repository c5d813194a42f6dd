using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

public sealed class ListReposTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Lists_head_and_rev_of_each_repo_oldest_account_first()
    {
        var actors = await SignUpAsync(4);

        var repos = (await ListAsync()).Where(repo => actors.Any(actor => actor.Did.Value == Did(repo))).ToList();

        Assert.Equal(actors.Select(actor => actor.Did.Value), repos.Select(Did));
        var (head, rev) = await actors[0].GetLatestCommitAsync();
        Assert.Equal($$"""{"did":"{{actors[0].Did}}","head":"{{head}}","rev":"{{rev}}","active":true}""", repos[0].GetRawText());
    }

    [Fact]
    public async Task Pages_cover_every_repo_once()
    {
        await SignUpAsync(5);
        var whole = (await ListAsync()).Select(Did).ToList();

        var (paged, cursor, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var page = (await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { limit = 2, cursor })).Ok();
            var repos = page.GetProperty("repos").EnumerateArray().Select(Did).ToList();
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            Assert.Equal(repos.Count > 0, cursor is not null);
            if (cursor is not null) Assert.Matches($"^[0-9]{{13}}::{repos[^1]}$", cursor);
            paged.AddRange(repos);
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(whole, paged);
        Assert.Equal(((whole.Count + 1) / 2) + 1, pages);
    }

    [Fact]
    public async Task Repos_that_nobody_may_see_are_listed_with_their_status()
    {
        var actors = await SignUpAsync(2);

        await pds.DeactivateAsync(actors[0].Did);
        await pds.TakeDownAsync(actors[1].Did);

        var repos = (await ListAsync()).ToDictionary(Did);
        Assert.Equal((false, "deactivated"), Status(repos[actors[0].Did.Value]));
        Assert.Equal((false, "takendown"), Status(repos[actors[1].Did.Value]));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("soon::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("-1::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("99999999999999999::did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("1700000000000::alice.test")]
    public async Task Refuses_a_malformed_cursor(string cursor)
    {
        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { cursor });

        Assert.Equal("Malformed cursor", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("many")]
    public async Task Refuses_a_limit_out_of_bounds(string limit)
    {
        var refusal = await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { limit });

        Assert.StartsWith("Invalid com.atproto.sync.listRepos params", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    private static string Did(JsonElement repo) => repo.GetProperty("did").GetString()!;

    private static (bool Active, string? Status) Status(JsonElement repo) => (repo.GetProperty("active").GetBoolean(), repo.GetProperty("status").GetString());

    private async Task<IReadOnlyList<JsonElement>> ListAsync() =>
        [.. (await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { limit = 1000 })).Ok().GetProperty("repos").EnumerateArray()];

    private async Task<IReadOnlyList<Actor>> SignUpAsync(int count)
    {
        var actors = new List<Actor>();
        while (actors.Count < count) actors.Add(await pds.SignUpAsync());
        return actors;
    }
}
