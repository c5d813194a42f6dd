using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>report list</c>, <c>report show</c>, <c>report close</c></summary>
public sealed class ReportTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task From_the_list_to_the_end_of_a_report()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var post = (await mallory.CreateRecordAsync(new { text = "buy now" }, "com.example.thing", "one")).Ok();
        var uri = post.GetProperty("uri").GetString()!;
        var id = (await alice.ReportAsync(Moderation.Record(uri, post.GetProperty("cid").GetString()!), reason: "sells\u001b[2J things")).Ok().GetProperty("id").GetInt64();

        var listed = (await CliRun.OnAsync(pds, "report", "list")).Done();
        Assert.StartsWith($"{id} ", Assert.Single(listed.Lines, line => line.Contains(uri)).TrimStart());
        Assert.Contains("reasonSpam", listed.Output);
        Assert.DoesNotContain('\u001b', listed.Output);

        var shown = (await CliRun.OnAsync(pds, "report", "show", $"{id}")).Done().Output;
        Assert.Contains($"{alice.Handle} ({alice.Did})", shown);
        Assert.Contains($"{mallory.Handle}, active", shown);
        Assert.Contains("\"buy now\"", shown);

        Assert.Equal([$"Report {id} is closed"], (await CliRun.OnAsync(pds, "report", "close", $"{id}", "--note", "spoke with them")).Done().Lines);
        Assert.DoesNotContain(uri, (await CliRun.OnAsync(pds, "report", "list")).Done().Output);
        Assert.Contains(uri, (await CliRun.OnAsync(pds, "report", "list", "--all", "--subject", mallory.Did.Value)).Done().Output);
        Assert.Contains("spoke with them", (await CliRun.OnAsync(pds, "report", "show", $"{id}")).Done().Output);
        (await CliRun.OnAsync(pds, "report", "close", $"{id}")).Refused(ExitCode.Refused, "is closed already");
    }

    [Fact]
    public async Task Says_it_as_one_document_for_scripts()
    {
        var alice = await pds.SignUpAsync();
        var id = (await alice.ReportAsync(Moderation.Account(alice.Did))).Ok().GetProperty("id").GetInt64();

        Assert.Equal(id, (await CliRun.OnAsync(pds, "report", "list", "--subject", alice.Did.Value, "--json")).Done().Json[0].GetProperty("id").GetInt64());
        Assert.Equal(alice.Handle, (await CliRun.OnAsync(pds, "report", "show", $"{id}", "--json")).Done().Json.GetProperty("subjectHandle").GetString());
        Assert.Equal(id, (await CliRun.OnAsync(pds, "report", "close", $"{id}", "--json")).Done().Json.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Shows_what_has_gone_as_gone()
    {
        var (alice, mallory) = (await pds.SignUpAsync(), await pds.SignUpAsync("mallory"));
        var post = (await mallory.CreateRecordAsync(new { text = "x" }, "com.example.thing", "one")).Ok();
        var id = (await alice.ReportAsync(Moderation.Record(post.GetProperty("uri").GetString()!, post.GetProperty("cid").GetString()!))).Ok().GetProperty("id").GetInt64();
        (await mallory.DeleteRecordAsync("com.example.thing", "one")).Ok();
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        var shown = (await CliRun.OnAsync(pds, "report", "show", $"{id}")).Done().Output;

        Assert.Contains("an account that has been deleted", shown);
        Assert.Contains("is not there any more", shown);
    }

    [Theory]
    [InlineData("report", "show", "one")]
    [InlineData("report", "close")]
    public async Task Says_what_a_report_is(params string[] arguments) => Assert.Equal(ExitCode.Usage, (await CliRun.OnAsync(pds, arguments)).ExitCode);

    [Fact]
    public async Task Says_that_there_is_none_of_that_number() => (await CliRun.OnAsync(pds, "report", "show", "999999")).Refused(ExitCode.Refused, "NotFound: Report not found");
}
