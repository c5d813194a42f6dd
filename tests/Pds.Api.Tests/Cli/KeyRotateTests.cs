using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>key rotate</c></summary>
public sealed class KeyRotateTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gives_an_account_a_key_that_its_next_commit_is_signed_with(bool isJson)
    {
        var alice = await pds.SignUpAsync();
        var before = (await alice.ExportAsync()).Records.Count;

        var run = (await CliRun.OnAsync(pds, ["key", "rotate", alice.Handle, .. isJson ? ["--json"] : Array.Empty<string>()])).Done();

        var key = isJson ? run.Json.GetProperty("signingKey").GetString()! : Assert.Single(run.Lines).Split(' ')[^1];
        Assert.StartsWith("did:key:", key);
        var document = (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Did.Value })).Ok().GetProperty("didDoc");
        Assert.Equal(key["did:key:".Length..], document.GetProperty("verificationMethod")[0].GetProperty("publicKeyMultibase").GetString());
        (await alice.CreateRecordAsync(Records.Post("signed anew"))).Ok();
        Assert.Equal(before + 1, (await alice.ExportAsync()).Records.Count); // checked against the document
    }

    [Fact]
    public async Task Refuses_whom_this_server_does_not_have() => (await CliRun.OnAsync(pds, "key", "rotate", "nobody.test")).Refused(ExitCode.Refused, "Account does not exist: nobody.test");
}
