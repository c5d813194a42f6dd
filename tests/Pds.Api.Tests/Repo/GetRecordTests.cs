using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class GetRecordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Collection = "com.example.thing";
    private const string SomeCid = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";

    [Fact]
    public async Task Answers_anybody_by_did_and_by_handle()
    {
        var alice = await pds.SignUpAsync();
        var created = (await alice.CreateRecordAsync(new { n = 1 }, Collection, "r")).Ok();

        foreach (var repo in new[] { alice.Did.Value, alice.Handle })
        {
            var found = (await pds.Anyone.GetAsync("com.atproto.repo.getRecord", new { repo, collection = Collection, rkey = "r" })).Ok();
            Assert.Equal($"at://{alice.Did}/{Collection}/r", found.GetProperty("uri").GetString());
            Assert.Equal(created.GetProperty("cid").GetString(), found.GetProperty("cid").GetString());
            Assert.Equal(1, found.GetProperty("value").GetProperty("n").GetInt32());
        }
    }

    [Fact]
    public async Task Answers_with_one_version_only_when_asked_for_it()
    {
        var alice = await pds.SignUpAsync();
        var old = (await alice.PutRecordAsync(new { n = 1 }, Collection, "r")).Ok().GetProperty("cid").GetString();
        var current = (await alice.PutRecordAsync(new { n = 2 }, Collection, "r")).Ok().GetProperty("cid").GetString();

        (await GetAsync(alice, current!)).Ok();
        (await GetAsync(alice, old!)).Refused(400, "RecordNotFound");
        (await GetAsync(alice, SomeCid)).Refused(400, "RecordNotFound");
        (await GetAsync(alice, "not-a-cid")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Says_which_record_it_could_not_locate()
    {
        var alice = await pds.SignUpAsync();

        var missing = await alice.GetRecordAsync(Collection, "missing");

        Assert.Equal($"Could not locate record: at://{alice.Did}/{Collection}/missing", missing.Refused(400, "RecordNotFound").Message);
    }

    [Fact]
    public async Task Finds_no_record_of_somebody_who_is_not_here()
    {
        foreach (var repo in new[] { "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "nobody.test" })
            (await pds.Anyone.GetAsync("com.atproto.repo.getRecord", new { repo, collection = Collection, rkey = "r" })).Refused(400, "RecordNotFound");
    }

    [Theory]
    [InlineData("repo=alice.test&collection=com.example.thing")]
    [InlineData("repo=alice.test&rkey=r")]
    [InlineData("collection=com.example.thing&rkey=r")]
    [InlineData("repo=not a name&collection=com.example.thing&rkey=r")]
    [InlineData("repo=alice.test&collection=thing&rkey=r")]
    [InlineData("repo=alice.test&collection=com.example.thing&rkey=a/b")]
    public async Task Refuses_parameters_that_are_missing_or_malformed(string query)
    {
        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/com.atproto.repo.getRecord?{query}"));

        answer.Refused(400, "InvalidRequest");
    }

    private Task<XrpcAnswer> GetAsync(Actor owner, string cid) =>
        pds.Anyone.GetAsync("com.atproto.repo.getRecord", new { repo = owner.Did.Value, collection = Collection, rkey = "r", cid });
}
