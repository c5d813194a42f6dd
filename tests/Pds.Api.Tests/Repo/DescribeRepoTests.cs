using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class DescribeRepoTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Says_whose_repo_it_is()
    {
        var alice = await pds.SignUpAsync();

        foreach (var repo in new[] { alice.Did.Value, alice.Handle })
        {
            var described = (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo })).Ok();

            Assert.Equal(alice.Handle, described.GetProperty("handle").GetString());
            Assert.Equal(alice.Did.Value, described.GetProperty("did").GetString());
            Assert.Equal(alice.Did.Value, described.GetProperty("didDoc").GetProperty("id").GetString());
            Assert.True(described.GetProperty("handleIsCorrect").GetBoolean());
            Assert.Empty(described.GetProperty("collections").EnumerateArray());
        }
    }

    [Fact]
    public async Task Names_each_collection_once_while_it_has_a_record()
    {
        var alice = await pds.SignUpAsync();
        string[] collections = ["com.example-thing.thing", "com.example.thing", "com.example.thing.more", "com.example.thing0", "com.example.thingy"];
        foreach (var collection in collections)
        {
            (await alice.CreateRecordAsync(new { n = 1 }, collection, "a")).Ok();
            (await alice.CreateRecordAsync(new { n = 2 }, collection, "~")).Ok();
        }

        Assert.Equal(collections, await CollectionsAsync(alice));

        (await alice.ApplyWritesAsync(Writes.Delete("com.example.thing", "a"), Writes.Delete("com.example.thing", "~"), Writes.Delete("com.example.thingy", "a"))).Ok();
        Assert.Equal(collections.Except(["com.example.thing"]), await CollectionsAsync(alice));
    }

    [Fact]
    public async Task Refuses_a_repo_that_is_not_here()
    {
        foreach (var repo in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "nobody.test" })
            (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo })).Refused(400, "RepoNotFound");
        (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Says_why_a_repo_is_not_shown_and_shows_it_to_nobody()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        Assert.Equal(
            $"Repo has been deactivated: {alice.Handle}",
            (await alice.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Handle })).Refused(400, "RepoDeactivated").Message);
        Assert.Equal(
            $"Repo has been takendown: {bob.Did}",
            (await pds.Admin.GetAsync("com.atproto.repo.describeRepo", new { repo = bob.Did.Value })).Refused(400, "RepoTakendown").Message);
    }

    private async Task<IEnumerable<string>> CollectionsAsync(Actor owner) =>
        (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = owner.Handle })).Ok()
            .GetProperty("collections").EnumerateArray().Select(collection => collection.GetString()!).Order(StringComparer.Ordinal);
}
