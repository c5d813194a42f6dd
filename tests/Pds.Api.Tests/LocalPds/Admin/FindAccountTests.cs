using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Admin;

/// <summary><c>local.pds.admin.findAccount</c></summary>
public sealed class FindAccountTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.admin.findAccount";

    [Fact]
    public async Task Finds_an_account_in_any_state_by_handle_or_did()
    {
        var (alice, off, down) = (await pds.SignUpAsync(), await pds.SignUpAsync("off"), await pds.SignUpAsync("down"));
        await pds.DeactivateAsync(off.Did);
        await pds.TakeDownAsync(down.Did);

        foreach (var actor in new[] { alice, off, down })
            foreach (var account in new[] { actor.Handle, actor.Did.Value })
            {
                var found = (await pds.Admin.GetAsync(Method, new { account })).Ok();
                Assert.Equal($"{actor.Did} {actor.Handle}", $"{found.GetProperty("did")} {found.GetProperty("handle")}");
            }
    }

    [Theory]
    [InlineData("nobody.test", "Account does not exist: nobody.test")]
    [InlineData("did:web:nobody.example.com", "Account does not exist: did:web:nobody.example.com")]
    [InlineData("not a handle", null)]
    public async Task Refuses_whom_this_server_does_not_have(string account, string? message)
    {
        var answer = (await pds.Admin.GetAsync(Method, new { account })).Refused(400, "InvalidRequest");

        if (message is not null) Assert.Equal(message, answer.Message);
    }

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetAsync(Method, new { account = alice.Handle })).Refused(401, "AuthenticationRequired");
    }
}
