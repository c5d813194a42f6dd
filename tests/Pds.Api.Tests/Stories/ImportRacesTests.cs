using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>What others do, and what the account itself does, while a large repo is being written.</summary>
public sealed class ImportRacesTests(StagingPds pds) : IClassFixture<StagingPds>, IAsyncLifetime
{
    private const int Many = 1500;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        pds.Staging.Meanwhile = null;
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_accounts_repo_is_as_it_was_until_all_is_there()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(5).Car)).Ok();
        var before = (await mover.ExportByAsync(key)).Commit.Cid;
        pds.Staging.Meanwhile = async () =>
        {
            Assert.Equal(before, (await mover.ExportByAsync(key)).Commit.Cid);
            Assert.Equal(5, (await mover.FiguresAsync()).Records);
        };

        (await mover.ImportAsync(repo.Fill(Many, from: 100).Car)).Ok();

        Assert.Null(pds.Staging.Meanwhile);
        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
    }

    [Fact]
    public async Task A_write_in_between_is_kept_and_the_import_refused()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        await pds.ReactivateAsync(mover.Did);
        pds.Staging.Meanwhile = async () => (await mover.CreateRecordAsync(Records.Post(), rkey: "3kzfcijpj2z2a")).Ok();

        (await mover.ImportAsync(repo.Fill(Many).Car)).Refused(400, "InvalidSwap");

        (await mover.GetRecordAsync("app.bsky.feed.post", "3kzfcijpj2z2a")).Ok();
        Assert.Equal(1, (await mover.FiguresAsync()).Records);
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0));
    }

    [Fact]
    public async Task Of_two_imports_one_wins_whole()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        var first = repo.Fill(Many).Car;
        var second = repo.Fill(Many, from: 10_000).Car;
        pds.Staging.Meanwhile = async () => (await mover.ImportAsync(second)).Ok();

        (await mover.ImportAsync(first)).Refused(400, "InvalidSwap");

        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0));
    }

    [Fact]
    public async Task An_account_that_is_deleted_meanwhile_leaves_nothing()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        pds.Staging.Meanwhile = async () => (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = mover.Did.Value })).Ok();

        (await mover.ImportAsync(repo.Fill(Many).Car)).Refused(403, "AccountNotFound");

        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0));
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_record", "path = @0 AND repo_id NOT IN (SELECT id FROM repo)", ForeignRepo.PathOf(7)));
    }

    [Fact]
    public async Task An_account_that_is_taken_down_meanwhile_stays_as_it_was()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        pds.Staging.Meanwhile = () => pds.TakeDownAsync(mover.Did);

        (await mover.ImportAsync(repo.Fill(Many).Car)).Refused(401, "AccountTakedown");

        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0));
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_record", "repo_id = (SELECT id FROM repo WHERE did = @0)", mover.Did.Value));
    }

    [Fact]
    public async Task A_sender_who_goes_away_while_it_is_written_leaves_nothing()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        using var connection = await RawConnection.OpenAsync(pds.Url);
        var gone = new TaskCompletionSource();
        pds.Staging.Meanwhile = async () =>
        {
            connection.Dispose();
            gone.SetResult();
            await Task.Delay(TimeSpan.FromMilliseconds(200)); // the server hears of it
        };

        var car = repo.Fill(Many).Car;
        await connection.SendAsync(
            $"POST /xrpc/com.atproto.repo.importRepo HTTP/1.1\r\nHost: localhost\r\nAuthorization: {mover.Authorization}\r\nContent-Type: application/vnd.ipld.car\r\nContent-Length: {car.Length}\r\n\r\n");
        await connection.SendAsync(car);
        await gone.Task;

        await Eventually.IsTrueAsync(() => DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0) == 0);
        Assert.Equal(0, (await mover.FiguresAsync()).Records);
    }

    [Fact]
    public async Task Others_write_while_it_is_written()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var bob = await pds.SignUpAsync("bob");
        var car = repo.Fill(4 * Many).Car;

        var begun = new TaskCompletionSource();
        pds.Staging.Meanwhile = () =>
        {
            begun.SetResult();
            return Task.CompletedTask;
        };
        var import = mover.ImportAsync(car);
        await begun.Task;
        var written = 0;
        for (; !import.IsCompleted; written++) (await bob.CreateRecordAsync(Records.Post())).Ok();

        (await import).Ok();
        Assert.True(written >= 3, $"{written} writes went in between"); // they come between the saves of at most 500 rows each
    }
}
