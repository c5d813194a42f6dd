using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>invite disable</c></summary>
public sealed class InviteDisableTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Makes_codes_void()
    {
        await pds.InviteAsync("void-one");
        await pds.InviteAsync("void-two");

        Assert.Equal(["Disabled"], (await CliRun.OnAsync(pds, "invite", "disable", "void-one", "void-two")).Done().Lines);

        Assert.True(await IsVoidAsync("void-one"));
        Assert.True(await IsVoidAsync("void-two"));
    }

    [Fact]
    public async Task Names_the_codes_that_there_are_not_and_disables_none()
    {
        await pds.InviteAsync("right-one");

        (await CliRun.OnAsync(pds, "invite", "disable", "right-one", "wrong-one", "wrong-two"))
            .Refused(ExitCode.Refused, "There is no such invite code: wrong-one, wrong-two. Nothing was disabled.");

        Assert.False(await IsVoidAsync("right-one"));
    }

    [Fact]
    public async Task Makes_all_codes_of_an_account_void()
    {
        var alice = await pds.SignUpAsync();
        await pds.InviteAsync("hers", forAccount: alice.Did);
        await pds.InviteAsync("not-hers");

        var answer = (await CliRun.OnAsync(pds, "invite", "disable", "--of", alice.Handle, "--json")).Done().Json;

        Assert.Equal(alice.Did.Value, answer.GetProperty("accounts")[0].GetString());
        Assert.True(await IsVoidAsync("hers"));
        Assert.False(await IsVoidAsync("not-hers"));
    }

    private async Task<bool> IsVoidAsync(string code) =>
        (await CliRun.OnAsync(pds, "invite", "list", "--json")).Done().Json.EnumerateArray().Single(one => one.GetProperty("code").GetString() == code).GetProperty("disabled").GetBoolean();
}
