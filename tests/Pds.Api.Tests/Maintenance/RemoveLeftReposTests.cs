using Pds.Application.Maintenance;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

public sealed class RemoveLeftReposTests(StagingPds pds) : IClassFixture<StagingPds>
{
    private const int Many = 1500;

    [Fact]
    public async Task Removes_what_an_import_could_not()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(20).Car)).Ok();

        pds.Staging.IsFull = true;
        (await mover.ImportAsync(repo.Fill(Many, from: 1000).Car)).Ok(); // which it is, to everybody
        pds.Staging.IsFull = false;
        Assert.Equal(1, Left());
        Assert.Equal(2, RowsOf(ForeignRepo.PathOf(7)));

        Assert.Equal(1, await pds.SendAsync(new RemoveLeftRepos()));
        Assert.Equal(0, await pds.SendAsync(new RemoveLeftRepos()));

        Assert.Equal((0, 1), (Left(), RowsOf(ForeignRepo.PathOf(7))));
        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
    }

    [Fact]
    public async Task Waits_for_an_import_that_is_under_way_and_takes_nothing_of_it()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        Task<int>? removal = null;
        pds.Staging.Meanwhile = () =>
        {
            removal = pds.SendAsync(new RemoveLeftRepos());
            return Task.Delay(100);
        };

        (await mover.ImportAsync(repo.Fill(Many).Car)).Ok();
        await removal!;

        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
        Assert.Equal(0, Left());
    }

    private long Left() => DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0);

    private long RowsOf(string path) => DatabaseWalk.Count(pds.Data, "repo_record", "path = @0", path);
}
