using System.Text.Json;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CreateInviteCodesTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    private const string CreateInviteCodes = "com.atproto.server.createInviteCodes";
    private const string Alice = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Bob = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";

    [Fact]
    public async Task Makes_so_many_codes_for_each_account()
    {
        var codes = await CreateAsync(new { codeCount = 2, useCount = 1, forAccounts = new[] { Alice, Bob } });

        Assert.Equal([Alice, Bob], codes.Select(account => account.GetProperty("account").GetString()));
        Assert.All(codes, account => Assert.Equal(2, account.GetProperty("codes").GetArrayLength()));
        (await pds.SignUpWithAsync(codes[1].GetProperty("codes")[1].GetString()!)).Ok();
    }

    [Fact]
    public async Task Makes_one_for_nobody_in_particular_if_it_is_not_told_more()
    {
        var account = Assert.Single(await CreateAsync(new { useCount = 1 }));

        Assert.Equal("admin", account.GetProperty("account").GetString());
        (await pds.SignUpWithAsync(Assert.Single(account.GetProperty("codes").EnumerateArray()).GetString()!)).Ok();
    }

    [Fact]
    public async Task Makes_none_for_no_accounts() => Assert.Empty(await CreateAsync(new { codeCount = 3, useCount = 1, forAccounts = Array.Empty<string>() }));

    [Fact]
    public async Task Makes_five_thousand_at_once() =>
        Assert.Equal(5000, Assert.Single(await CreateAsync(new { codeCount = 5000, useCount = 1 })).GetProperty("codes").EnumerateArray().Select(code => code.GetString()).Distinct().Count());

    [Theory]
    [InlineData("""{"codeCount":1}""", "Missing required key \"useCount\" at $")]
    [InlineData("""{"codeCount":1,"useCount":0}""", "useCount must be 1 or more")]
    [InlineData("""{"codeCount":0,"useCount":1}""", "codeCount must be 1 or more")]
    [InlineData("""{"codeCount":5001,"useCount":1}""", "Too many codes. Max: 5000")]
    [InlineData("""{"codeCount":2000000000,"useCount":1,"forAccounts":["did:plc:a","did:plc:b","did:plc:c"]}""", "Too many codes. Max: 5000")]
    [InlineData("""{"codeCount":1,"useCount":1,"forAccounts":["did:plc:a","nobody"]}""", "Invalid DID (got \"nobody\") at $.forAccounts[1]")]
    [InlineData("""{"codeCount":1,"useCount":1,"forAccounts":[null]}""", "Expected object value type (got null) at $.forAccounts[0]")]
    public async Task Refuses_what_makes_no_codes_or_too_many(string body, string message) =>
        Assert.Equal(message, (await pds.Admin.PostAsync(CreateInviteCodes, body, "application/json")).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Is_the_administrators_alone() =>
        (await pds.Anyone.PostAsync(CreateInviteCodes, new { codeCount = 1, useCount = 1 })).Refused(401, "AuthenticationRequired");

    private async Task<List<JsonElement>> CreateAsync(object body) =>
        [.. (await pds.Admin.PostAsync(CreateInviteCodes, body)).Ok().GetProperty("codes").EnumerateArray()];
}
