using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class GetAccountInfosTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.admin.getAccountInfos";
    private const string Unknown = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public async Task Answers_each_account_once_in_the_order_asked_and_leaves_out_those_that_are_not_here()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        var infos = (await pds.Admin.GetAsync(Method, new { dids = new[] { bob.Did, alice.Did, bob.Did }.Select(did => did.Value).Append(Unknown) })).Ok().GetProperty("infos");

        Assert.Equal([bob.Did.Value, alice.Did.Value], infos.EnumerateArray().Select(info => info.GetProperty("did").GetString()));
        Assert.Equal(bob.Email, infos[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Answers_an_empty_list_where_nobody_is_here() =>
        Assert.Empty((await pds.Admin.GetAsync(Method, new { dids = Unknown })).Ok().GetProperty("infos").EnumerateArray());

    [Fact]
    public async Task Refuses_more_than_a_hundred()
    {
        (await pds.Admin.GetAsync(Method, new { dids = Enumerable.Repeat(Unknown, 100) })).Ok();

        Assert.Equal("Too many dids. Max: 100", (await pds.Admin.GetAsync(Method, new { dids = Enumerable.Repeat(Unknown, 101) })).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_none_and_what_is_no_did()
    {
        (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidRequest");
        (await pds.Admin.GetAsync(Method, new { dids = new[] { Unknown, "nobody" } })).Refused(400, "InvalidRequest");
    }
}
