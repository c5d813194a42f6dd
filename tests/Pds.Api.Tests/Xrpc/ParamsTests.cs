using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class ParamsTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Unknown = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    [Theory]
    [InlineData("com.atproto.sync.getLatestCommit", "Missing required key \"did\"")]
    [InlineData("com.atproto.sync.getLatestCommit?did=", "Missing required key \"did\"")]
    [InlineData("com.atproto.sync.getLatestCommit?did=alice.test", null)]
    [InlineData("com.atproto.sync.getLatestCommit?did=did:plc:a&did=did:plc:b", "Expected one value of \"did\" (got 2)")]
    [InlineData("com.atproto.sync.getLatestCommit?did=did:plc:a%00", null)]
    [InlineData("com.atproto.sync.getLatestCommit?did=%FF%FE", null)]
    [InlineData("com.atproto.sync.listRepos?limit=0", "integer too small (minimum 1, got 0)")]
    [InlineData("com.atproto.sync.listRepos?limit=-5", "integer too small (minimum 1, got -5)")]
    [InlineData("com.atproto.sync.listRepos?limit=1001", "integer too big (maximum 1000, got 1001)")]
    [InlineData("com.atproto.sync.listRepos?limit=9223372036854775807", null)]
    [InlineData("com.atproto.sync.listRepos?limit=99999999999999999999999", "Expected integer value type (got \"99999999999999999999999\")")]
    [InlineData("com.atproto.sync.listRepos?limit=ten", "Expected integer value type (got \"ten\")")]
    [InlineData("com.atproto.sync.listRepos?limit=1.5", "Expected integer value type (got \"1.5\")")]
    [InlineData("com.atproto.sync.listRepos?limit=1e1", "Expected integer value type (got \"1e1\")")]
    [InlineData("com.atproto.sync.listRepos?limit=0x10", "Expected integer value type (got \"0x10\")")]
    [InlineData("com.atproto.sync.listRepos?limit=1&limit=2", "Expected one value of \"limit\" (got 2)")]
    [InlineData("com.atproto.sync.listRepos?limit=%D9%A1", "Expected integer value type (got \"١\")")]
    [InlineData("com.atproto.repo.listRecords?repo=a.test&collection=app.bsky.feed.post&reverse=yes", "Expected boolean value type (got \"yes\")")]
    [InlineData("com.atproto.repo.listRecords?repo=a.test&collection=app.bsky.feed.post&reverse=TRUE", "Expected boolean value type (got \"TRUE\")")]
    [InlineData("com.atproto.repo.listRecords?repo=a.test&collection=posts", null)]
    [InlineData("com.atproto.repo.getRecord?repo=a.test&collection=app.bsky.feed.post&rkey=a/b", null)]
    [InlineData("com.atproto.sync.getBlocks?did=did:plc:ewvi7nxzyoun6zhxrhs64oiz", "Missing required key \"cids\"")]
    [InlineData("com.atproto.sync.getBlocks?did=did:plc:ewvi7nxzyoun6zhxrhs64oiz&cids=nonsense", null)]
    [InlineData("com.atproto.sync.getBlocks?did=did:plc:ewvi7nxzyoun6zhxrhs64oiz&cids=bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua&cids=x", null)]
    public async Task Refuses_parameters_that_are_missing_or_wrong_and_says_which(string call, string? complaint)
    {
        var refusal = await pds.Anyone.GetAsync(call);

        var message = refusal.Refused(400, "InvalidRequest").Message!;
        Assert.StartsWith($"Invalid {call.Split('?')[0]} params: ", message, StringComparison.Ordinal);
        if (complaint is not null) Assert.EndsWith(complaint, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=")]
    [InlineData("limit=&cursor=")]
    [InlineData("limit")]
    [InlineData("limit=1")]
    [InlineData("limit=1000")]
    [InlineData("limit=007")]
    [InlineData("unknown=1&unknown=2")]
    [InlineData("&&=&")]
    public async Task Takes_what_is_within_bounds_empty_or_unknown(string query) => (await pds.Anyone.GetAsync($"com.atproto.sync.listRepos?{query}")).Ok();

    [Fact]
    public async Task A_list_is_a_parameter_that_is_repeated()
    {
        var alice = await pds.SignUpAsync();
        var repo = await alice.ExportAsync();
        var (commit, root) = ((await alice.GetLatestCommitAsync()).Cid, repo.Commit.Data);

        var both = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids = new[] { commit.ToString(), root.ToString() } });
        var one = await pds.Anyone.GetAsync("com.atproto.sync.getBlocks", new { did = alice.Did.Value, cids = new[] { root.ToString() } });

        both.OkCar();
        one.OkCar();
        Assert.True(both.Body.Length > one.Body.Length);
    }

    [Fact]
    public async Task A_value_that_is_well_formed_reaches_the_method() =>
        (await pds.Anyone.GetAsync("com.atproto.sync.getLatestCommit", new { did = Unknown })).Refused(400, "RepoNotFound");
}
