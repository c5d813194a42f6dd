using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary><c>audit</c></summary>
public sealed class AuditTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Shows_what_was_done_to_somebody_newest_first()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        foreach (var actor in new[] { alice, bob }) (await CliRun.OnAsync(pds, "account", "takedown", actor.Handle, "--ref", "report 17")).Done();
        (await CliRun.OnAsync(pds, "account", "untakedown", alice.Handle)).Done();

        var lines = (await CliRun.OnAsync(pds, "audit", "--subject", alice.Did.Value)).Done().Lines;

        Assert.Equal(["When", "Who", "What", "To", "Detail"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(3, lines.Count);
        Assert.EndsWith($"com.atproto.admin.updateSubjectStatus  {alice.Did}  takedown undone", lines[1]);
        Assert.EndsWith("takedown report 17", lines[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(105)]
    public async Task Shows_as_many_as_it_is_asked_for_over_several_pages(int limit)
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < 110; i++) (await pds.ModerateAsync(Moderating.Account(alice.Did))).Ok();

        var entries = (await CliRun.OnAsync(pds, "audit", "--limit", $"{limit}", "--json")).Done().Json;

        Assert.Equal(limit, entries.GetArrayLength());
        Assert.Equal("admin", entries[0].GetProperty("actor").GetString());
    }
}
