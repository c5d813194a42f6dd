using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Who is answered what about an account that is taken down: each method by each caller, in one table.</summary>
public sealed class ModerationMatrixTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Down = "401 AccountTakedown";
    private const string Scope = "400 InvalidToken"; // the session that lets it leave is not for this
    private const string Hidden = "400 RepoTakendown";

    /// <summary>The answers to: anybody; another account; the owner's session of before; the owner's session to leave; the administrator.</summary>
    public static TheoryData<string, string, string, string, string, string> Queries => new()
    {
        { "com.atproto.sync.getRepo", Hidden, Hidden, Down, "200", "200" },
        { "com.atproto.sync.getBlob", Hidden, Hidden, Down, "200", "200" },
        { "com.atproto.sync.listBlobs", Hidden, Hidden, Down, "200", "200" },
        { "com.atproto.sync.getRecord", Hidden, Hidden, Down, Scope, "200" },
        { "com.atproto.sync.getBlocks", Hidden, Hidden, Down, Scope, "200" },
        { "com.atproto.sync.getLatestCommit", Hidden, Hidden, Down, Scope, "200" },
        { "com.atproto.sync.getHead", Hidden, Hidden, Down, Scope, "200" },
        { "com.atproto.sync.getCheckout", Hidden, Hidden, Down, Scope, "200" },
        { "com.atproto.sync.getRepoStatus", "200", "200", "200", "200", "200" },
        { "com.atproto.sync.listRepos", "200", "200", "200", "200", "200" },
        { "com.atproto.repo.getRecord", "400 RecordNotFound", "400 RecordNotFound", "400 RecordNotFound", "400 RecordNotFound", "400 RecordNotFound" },
        { "com.atproto.repo.listRecords", "400 InvalidRequest", "400 InvalidRequest", "400 InvalidRequest", "400 InvalidRequest", "400 InvalidRequest" },
        { "com.atproto.repo.describeRepo", Hidden, Hidden, Hidden, Hidden, Hidden },
        { "com.atproto.identity.resolveHandle", "400 HandleNotFound", "400 HandleNotFound", "400 HandleNotFound", "400 HandleNotFound", "400 HandleNotFound" },
        { "com.atproto.server.getSession", "401 AuthMissing", "200", Down, Scope, "400 InvalidToken" },
        { "com.atproto.server.getServiceAuth", "401 AuthMissing", "200", Down, "200", "400 InvalidToken" },
        { "com.atproto.server.getAccountInviteCodes", "401 AuthMissing", "200", Down, Scope, "400 InvalidToken" },
        { "com.atproto.admin.getAccountInfo", "401 AuthenticationRequired", "401 BadJwtType", "401 BadJwtType", "401 BadJwtType", "200" },
        { "com.atproto.admin.getSubjectStatus", "401 AuthenticationRequired", "401 BadJwtType", "401 BadJwtType", "401 BadJwtType", "200" },
    };

    [Theory, MemberData(nameof(Queries))]
    public async Task Answers_each_caller_as_the_table_says(string method, string anyone, string other, string owner, string leaving, string admin)
    {
        var people = await TakeDownAsync();

        var answers = new List<string>();
        foreach (var caller in people.Callers) answers.Add(Describe(await caller.GetAsync(method, people.Parameters)));

        Assert.Equal([anyone, other, owner, leaving, admin], answers);
    }

    [Theory]
    [InlineData("com.atproto.repo.createRecord")]
    [InlineData("com.atproto.repo.putRecord")]
    [InlineData("com.atproto.repo.deleteRecord")]
    [InlineData("com.atproto.repo.applyWrites")]
    public async Task Nobody_writes(string method)
    {
        var people = await TakeDownAsync();
        var body = new { repo = people.Alice.Did.Value, collection = Filling.Collection, rkey = "item-0", record = new { n = 1 }, writes = new[] { Writes.Delete(Filling.Collection, "item-0") } };

        var answers = new List<string>();
        foreach (var caller in people.Callers) answers.Add(Describe(await caller.PostAsync(method, body)));

        Assert.Equal(["401 AuthMissing", "401 AuthenticationRequired", Down, Scope, "400 InvalidToken"], answers);
    }

    [Theory]
    [InlineData("com.atproto.sync.getRepo")]
    [InlineData("com.atproto.server.getSession")]
    public async Task The_sessions_of_before_stay_dead_when_the_account_is_back(string method)
    {
        var people = await TakeDownAsync();

        (await pds.ModerateAsync(Moderating.Account(people.Alice.Did), Moderating.Undone)).Ok();

        Assert.Equal("400 ExpiredToken", Describe(await people.Alice.GetAsync(method, people.Parameters)));
        Assert.Equal("400 ExpiredToken", Describe(await people.Alice.Refreshing.PostAsync("com.atproto.server.refreshSession")));
        Assert.Equal("200", Describe(await (await people.Alice.SignInAgainAsync()).GetAsync(method, people.Parameters)));
    }

    private async Task<People> TakeDownAsync()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var blob = await alice.PublishBlobAsync("a file");
        await alice.FillAsync(1);
        var (commit, _) = await alice.GetLatestCommitAsync();
        pds.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await pds.ModerateAsync(Moderating.Account(alice.Did), Moderating.Applied())).Ok();

        var parameters = new
        {
            did = alice.Did.Value,
            repo = alice.Did.Value,
            handle = alice.Handle,
            collection = Filling.Collection,
            rkey = "item-0",
            cids = commit.ToString(),
            cid = blob,
            aud = "did:web:elsewhere.example.com",
            lxm = "com.atproto.server.createAccount", // all that it may ask another server for
        };
        return new People(alice, [pds.Anyone, bob, alice, await alice.SignInToLeaveAsync(), pds.Admin], parameters);
    }

    private static string Describe(XrpcAnswer answer) => answer.Error is { } error ? $"{(int)answer.Status} {error}" : $"{(int)answer.Status}";

    private sealed record People(Actor Alice, IReadOnlyList<XrpcClient> Callers, object Parameters);
}
