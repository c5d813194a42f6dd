using Pds.Application.Errors;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class UpdateAccountHandleTests(BreakablePds pds) : IClassFixture<BreakablePds>
{
    private const string Method = "com.atproto.admin.updateAccountHandle";

    [Fact]
    public async Task Changes_the_DID_document_the_account_and_tells_the_firehose()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await ChangeAsync(alice, "by-the-admin.test")).Ok();

        Assert.True((await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = "by-the-admin.test" })).Ok().GetProperty("handleIsCorrect").GetBoolean());
        var told = await firehose.NextAsync();
        Assert.Equal(("#identity", alice.Did.Value, "by-the-admin.test"), (told.Type, told.Did, told.Body.Text("handle")));
    }

    [Fact]
    public async Task May_give_what_is_reserved() => (await ChangeAsync(await pds.SignUpAsync(), "support.test")).Ok();

    [Theory]
    [InlineData("ab.test", "InvalidHandle")]
    [InlineData("a.b.test", "InvalidHandle")]
    [InlineData("foo.onion", "InvalidHandle")]
    public async Task Keeps_to_the_other_rules(string handle, string error) => (await ChangeAsync(await pds.SignUpAsync(), handle)).Refused(400, error);

    [Fact]
    public async Task Takes_no_handle_from_anybody()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        (await ChangeAsync(alice, bob.Handle)).Refused(400, "HandleNotAvailable");
    }

    [Fact]
    public async Task Works_on_accounts_in_any_state()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await ChangeAsync(alice, "switched-off.test")).Ok();
        (await ChangeAsync(bob, "taken-down.test")).Ok();
    }

    [Fact]
    public async Task Refuses_an_account_that_is_not_here()
    {
        var answer = await pds.Admin.PostAsync(Method, new { did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz", handle = "nobodys.test" });

        Assert.Equal("Account not found", answer.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Changes_nothing_while_the_directory_is_down()
    {
        var alice = await pds.SignUpAsync();
        pds.DirectoryFailure = XrpcException.UpstreamFailure("The PLC directory cannot be reached");
        try
        {
            (await ChangeAsync(alice, "not-now.test")).Refused(502, "UpstreamFailure");
        }
        finally
        {
            pds.DirectoryFailure = null;
        }

        Assert.Equal(alice.Handle, (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
    }

    [Fact]
    public async Task Is_for_the_administrator()
    {
        var alice = await pds.SignUpAsync();
        var body = new { did = alice.Did.Value, handle = "not-mine.test" };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
        foreach (var header in new[] { alice.Authorization, "Basic YWRtaW46d3Jvbmc=", "Basic a b", "Foo x", "xx" })
            (await new XrpcClient(pds.Url) { Authorization = header }.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
    }

    private Task<XrpcAnswer> ChangeAsync(Actor actor, string handle) => pds.Admin.PostAsync(Method, new { did = actor.Did.Value, handle });
}
