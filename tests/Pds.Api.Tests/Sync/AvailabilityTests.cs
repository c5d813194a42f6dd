using Pds.TestKit;

namespace Pds.Api.Tests.Sync;

/// <summary>Whose repo may be seen by whom: one rule for every method that gives out what a repo holds.</summary>
public sealed class AvailabilityTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Unknown = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    public static TheoryData<string> Methods =>
    [
        "com.atproto.sync.getRepo", "com.atproto.sync.getRecord", "com.atproto.sync.getBlocks", "com.atproto.sync.getLatestCommit",
        "com.atproto.sync.getBlob", "com.atproto.sync.listBlobs", "com.atproto.sync.getHead", "com.atproto.sync.getCheckout",
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Refuses_a_repo_that_is_not_here(string method)
    {
        var refusal = await pds.Anyone.GetAsync(method, new { did = Unknown, collection = "app.bsky.feed.post", rkey = "one", cids = AnyCid, cid = AnyCid });

        Assert.Equal($"Could not find repo for DID: {Unknown}", refusal.Refused(400, "RepoNotFound").Message);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Refuses_what_is_not_a_did(string method)
    {
        var refusal = await pds.Anyone.GetAsync(method, new { did = "alice.test", collection = "app.bsky.feed.post", rkey = "one", cids = AnyCid, cid = AnyCid });

        Assert.StartsWith($"Invalid {method} params", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Shows_a_deactivated_repo_to_its_owner_and_the_administrator_only(string method)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var parameters = await ParametersAsync(alice);

        await pds.DeactivateAsync(alice.Did);

        foreach (var other in new[] { pds.Anyone, bob })
            Assert.Equal($"Repo has been deactivated: {alice.Did}", (await other.GetAsync(method, parameters)).Refused(400, "RepoDeactivated").Message);
        foreach (var allowed in new[] { alice, pds.Admin })
            Assert.Equal(200, (int)(await allowed.GetAsync(method, parameters)).Status);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Shows_a_repo_that_is_taken_down_to_the_administrator(string method)
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var parameters = await ParametersAsync(alice);

        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(alice.Did); // weighs more

        foreach (var other in new[] { pds.Anyone, bob })
            Assert.Equal($"Repo has been takendown: {alice.Did}", (await other.GetAsync(method, parameters)).Refused(400, "RepoTakendown").Message);
        (await alice.GetAsync(method, parameters)).Refused(401, "AccountTakedown"); // what the owner may still do: ModerationMatrixTests
        Assert.Equal(200, (int)(await pds.Admin.GetAsync(method, parameters)).Status);
    }

    private const string AnyCid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";

    /// <summary>What every method of them needs, each its own part; the rest is not looked at.</summary>
    private static async Task<object> ParametersAsync(Actor actor)
    {
        var blob = await actor.PublishBlobAsync("a file");
        await actor.FillAsync(1);
        var (commit, _) = await actor.GetLatestCommitAsync();
        return new { did = actor.Did.Value, collection = Filling.Collection, rkey = "item-0", cids = commit.ToString(), cid = blob };
    }
}
