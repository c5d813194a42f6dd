using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CreateInviteCodeTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    private const string CreateInviteCode = "com.atproto.server.createInviteCode";

    [Fact]
    public async Task Makes_a_code_that_lets_so_many_people_in()
    {
        var code = await CreateAsync(new { useCount = 2 });

        Assert.Matches(@"^localhost-[a-z2-7]{5}-[a-z2-7]{5}\z", code);
        (await pds.SignUpWithAsync(code)).Ok();
        (await pds.SignUpWithAsync(code)).Ok();
        (await pds.SignUpWithAsync(code)).Refused(400, "InvalidInviteCode");
    }

    [Fact]
    public async Task No_two_codes_are_alike() =>
        Assert.NotEqual(await CreateAsync(new { useCount = 1 }), await CreateAsync(new { useCount = 1 }));

    [Fact]
    public async Task A_code_for_an_account_is_among_that_accounts()
    {
        var alice = await pds.GuestAsync();

        var code = await CreateAsync(new { useCount = 3, forAccount = alice.Did.Value });

        var listed = (await alice.GetAsync("com.atproto.server.getAccountInviteCodes")).Ok().GetProperty("codes")[0];
        Assert.Equal((code, 3, alice.Did.Value, "admin"), (
            listed.GetProperty("code").GetString(), listed.GetProperty("available").GetInt32(), listed.GetProperty("forAccount").GetString(), listed.GetProperty("createdBy").GetString()));
    }

    [Fact]
    public async Task A_code_may_be_for_an_account_that_is_not_here() =>
        (await pds.SignUpWithAsync(await CreateAsync(new { useCount = 1, forAccount = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa" }))).Ok();

    [Theory]
    [InlineData("""{}""", "Missing required key \"useCount\" at $")]
    [InlineData("""{"useCount":0}""", "useCount must be 1 or more")]
    [InlineData("""{"useCount":-5}""", "useCount must be 1 or more")]
    [InlineData("""{"useCount":1.5}""", "Expected integer value type (got 1.5) at $.useCount")]
    [InlineData("""{"useCount":"1"}""", "Expected integer value type (got \"1\") at $.useCount")]
    [InlineData("""{"useCount":3000000000}""", "Expected integer value type (got 3000000000) at $.useCount")]
    [InlineData("""{"useCount":1,"forAccount":"admin"}""", "Invalid DID (got \"admin\") at $.forAccount")]
    public async Task Refuses_what_makes_no_code(string body, string message) =>
        Assert.Equal(message, (await pds.Admin.PostAsync(CreateInviteCode, body, "application/json")).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Is_the_administrators_alone()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.PostAsync(CreateInviteCode, new { useCount = 1 })).Refused(401, "AuthenticationRequired");
        Assert.Equal(401, (int)(await alice.PostAsync(CreateInviteCode, new { useCount = 1 })).Status);
    }

    private async Task<string> CreateAsync(object body) => (await pds.Admin.PostAsync(CreateInviteCode, body)).Ok().GetProperty("code").GetString()!;
}
