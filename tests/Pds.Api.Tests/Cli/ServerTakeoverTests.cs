using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pds.Api.Cli;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary>What a takeover does with data that are not as they should be, and with a run that is ended. That clients go on is shown by tests/clients/takeover.test.mjs.</summary>
public sealed class ServerTakeoverTests : IAsyncLifetime
{
    private static readonly byte[] Picture = "a picture"u8.ToArray();
    private static readonly byte[] Other = "another picture"u8.ToArray();

    private readonly PdsFixture _here = new();
    private readonly OfficialFiles _old = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        _old.Dispose();
    }

    [Fact]
    public async Task Brings_an_account_with_the_root_that_its_repo_had()
    {
        var alice = _old.AddPerson(posts: 200, blobs: [Picture]);

        var report = (await TakeOverAsync()).Done().Json;

        Assert.Equal((1, 201, 1, Picture.Length), (Count(report, "accounts"), Count(report, "records"), Count(report, "blobs"), Count(report, "blobBytes")));
        await _here.StartAsync();
        Assert.Equal(alice.Head.ToString(), await HeadAsync(alice));
        Assert.Equal(Picture, (await _here.Anyone.GetAsync("com.atproto.sync.getBlob", new { did = alice.Did.Value, cid = OfficialFiles.CidOf(Picture).ToString() })).Body);
        Assert.Equal(alice.Did.Value, (await SignInAsync(alice)).GetProperty("did").GetString());
    }

    [Theory]
    [InlineData("UPDATE repo_block SET content = x'a0' WHERE rowid = (SELECT max(rowid) FROM repo_block)", "damaged")]
    [InlineData("DELETE FROM repo_block WHERE rowid = (SELECT max(rowid) FROM repo_block)", "Missing block")]
    [InlineData("DELETE FROM repo_block WHERE cid = (SELECT cid FROM repo_root)", "Missing block")]
    [InlineData("DELETE FROM repo_root", "no repo")]
    [InlineData("DROP TABLE repo_block", "cannot be read")]
    public async Task A_repo_that_is_damaged_is_left_out_and_named_and_the_others_come(string damage, string why)
    {
        var (alice, bob) = (_old.AddPerson(), _old.AddPerson("bob"));
        OfficialFiles.Execute(alice.Store, damage);

        foreach (var arguments in new string[][] { ["--dry-run"], [] })
        {
            var run = await TakeOverAsync(arguments);
            Assert.Equal((ExitCode.Refused, 1), (run.ExitCode, Count(run.Json, "accounts")));
            var problem = Assert.Single(run.Json.GetProperty("problems").EnumerateArray());
            Assert.Equal(alice.Did.Value, problem.GetProperty("subject").GetString());
            Assert.Contains(why, problem.GetProperty("text").GetString());
        }

        await _here.StartAsync();
        Assert.Equal("RepoNotFound", (await _here.Anyone.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value })).Error);
        Assert.Equal(bob.Head.ToString(), await HeadAsync(bob));
    }

    [Fact]
    public async Task A_repo_of_another_account_is_left_out()
    {
        var alice = _old.AddPerson(commitOf: Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"));

        var run = await TakeOverAsync();

        Assert.Contains("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", Assert.Single(run.Json.GetProperty("problems").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(0, DatabaseWalk.Count(_here.Data, "account", "did = @0", alice.Did.Value));
    }

    [Fact]
    public async Task An_account_without_its_key_or_its_folder_is_left_out()
    {
        var (alice, bob) = (_old.AddPerson(), _old.AddPerson("bob"));
        File.Delete(Path.Combine(Path.GetDirectoryName(alice.Store)!, "key"));
        Directory.Delete(Path.GetDirectoryName(bob.Store)!, recursive: true);

        var run = await TakeOverAsync();

        Assert.Equal(
            new HashSet<string?> { alice.Did.Value, bob.Did.Value },
            run.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("subject").GetString()).ToHashSet());
    }

    [Fact]
    public async Task A_head_that_the_accounts_key_did_not_sign_is_signed_anew_and_told_of()
    {
        var alice = _old.AddPerson(signedBy: PrivateKey.Generate(Curve.K256)); // brought to the old server, and not written since

        var report = (await TakeOverAsync()).Done().Json;

        Assert.Contains("signed anew", Assert.Single(report.GetProperty("remarks").EnumerateArray()).GetProperty("text").GetString());
        await _here.StartAsync();
        await using var firehose = await FirehoseReader.OpenAsync(_here.Url, "?cursor=0");
        var told = await firehose.NextAsync();
        Assert.Equal(("#sync", alice.Did.Value), (told.Type, told.Did));
        var car = (await _here.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Body;
        Assert.Equal(3, VerifiedRepo.Verify(car, alice.Did, alice.PublicKey).Records.Count);
    }

    [Fact]
    public async Task Blobs_that_are_missing_or_damaged_are_named_and_can_be_uploaded_again()
    {
        var alice = _old.AddPerson(blobs: [Picture, Other, "a third"u8.ToArray()]);
        _old.BlobFile(alice, Picture).Delete();
        File.WriteAllText(_old.BlobFile(alice, Other).FullName, "something else");

        var run = await TakeOverAsync();

        var problems = run.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("text").GetString()!).ToList();
        Assert.Equal((ExitCode.Refused, 1, 1), (run.ExitCode, Count(run.Json, "accounts"), Count(run.Json, "blobs")));
        Assert.Contains(problems, problem => problem.StartsWith($"the blob {OfficialFiles.CidOf(Picture)} is missing", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.StartsWith($"the blob {OfficialFiles.CidOf(Other)} is damaged", StringComparison.Ordinal));

        await _here.StartAsync();
        var session = new XrpcClient(_here.Url) { Authorization = $"Bearer {(await SignInAsync(alice)).GetProperty("accessJwt").GetString()}" };
        var missing = (await session.GetAsync("com.atproto.repo.listMissingBlobs")).Ok().GetProperty("blobs").EnumerateArray().Select(blob => blob.GetProperty("cid").GetString());
        Assert.Equal(new[] { Picture, Other }.Select(blob => OfficialFiles.CidOf(blob).ToString()).Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("copy", true)]
    [InlineData("link", true)]
    [InlineData("move", false)]
    public async Task Blobs_are_copied_linked_or_moved(string how, bool stays)
    {
        var alice = _old.AddPerson(blobs: [Picture]);
        var (there, here) = (_old.BlobFile(alice, Picture), new FileInfo(Path.Combine(_here.Data.FullName, "blobs", alice.Did.Value, OfficialFiles.CidOf(Picture).ToString())));

        (await TakeOverAsync("--blobs", how)).Done();

        Assert.Equal((stays, true), (there.Exists, here.Exists));
        if (!stays) return;
        File.SetLastWriteTimeUtc(there.FullName, DateTime.UnixEpoch);
        Assert.Equal(how == "link", File.GetLastWriteTimeUtc(here.FullName) == DateTime.UnixEpoch); // one file under two names
    }

    [Fact]
    public async Task Blobs_in_a_folder_that_both_servers_use_stay_where_they_are()
    {
        var alice = _old.AddPerson(blobs: [Picture]);

        foreach (var how in new[] { "copy", "move" })
        {
            var run = await CliRun.WithAsync(Settings(("PDS_BLOBSTORE_DISK_LOCATION", _old.Blobs.FullName)), null, ["server", "takeover", _old.Folder.FullName, "--blobs", how, "--json"]);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.Equal(Picture, File.ReadAllBytes(_old.BlobFile(alice, Picture).FullName));
        }
    }

    [Fact]
    public async Task A_run_that_is_killed_is_gone_on_with_and_brings_nothing_twice()
    {
        const int People = 40;
        var people = Enumerable.Range(0, People).Select(i => _old.AddPerson($"person{i}-", posts: 20, blobs: [Picture])).ToList();

        using (var run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pds.Api.dll"), "server", "takeover", _old.Folder.FullName])
        {
            Environment = { ["PDS_DATA_DIRECTORY"] = _here.Data.FullName },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!)
        {
            await Eventually.IsTrueAsync(() => CountAccounts() > 2);
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync();
        }

        var brought = CountAccounts();
        Assert.InRange(brought, 1, People - 1);
        var report = (await TakeOverAsync()).Done().Json;

        Assert.Equal((People - brought, brought), (Count(report, "accounts"), Count(report, "accountsHereAlready")));
        await _here.StartAsync();
        foreach (var person in people) Assert.Equal(person.Head.ToString(), await HeadAsync(person));
        Assert.Equal(People, DatabaseWalk.Count(_here.Data, "repo_blob", "cid = @0", OfficialFiles.CidOf(Picture).ToBytes()));
    }

    [Fact]
    public async Task What_has_expired_and_sessions_of_app_passwords_that_are_gone_stay_behind()
    {
        var alice = _old.AddPerson();
        foreach (var (id, expires, appPassword) in new[] { ("good", 1, null), ("over", -1, null), ("orphan", 1, "a revoked one") })
        {
            OfficialFiles.Execute(
                _old.Accounts, "INSERT INTO refresh_token (id, did, expiresAt, appPasswordName) VALUES (@0, @1, @2, @3)",
                id, alice.Did.Value, OfficialFiles.At(TimeProvider.System.GetUtcNow().AddDays(expires)), (object?)appPassword ?? DBNull.Value);
        }

        (await TakeOverAsync()).Done();

        Assert.Equal("good", DatabaseWalk.Text(_here.Data, "SELECT group_concat(id) FROM account_session WHERE did = @0", alice.Did.Value));
    }

    [Fact]
    public async Task A_handle_or_an_address_that_somebody_has_here_is_not_taken_from_them()
    {
        await _here.StartAsync();
        var here = await _here.SignUpAsync();
        await _here.StopAsync();
        var (alice, bob) = (_old.AddPerson(), _old.AddPerson("bob"));
        OfficialFiles.Execute(_old.Accounts, "UPDATE actor SET handle = @0 WHERE did = @1", here.Handle, alice.Did.Value);
        OfficialFiles.Execute(_old.Accounts, "UPDATE account SET email = @0 WHERE did = @1", $"{here.Handle}@example.com", bob.Did.Value);

        var run = await TakeOverAsync();

        var problems = run.Json.GetProperty("problems").EnumerateArray().ToDictionary(problem => problem.GetProperty("subject").GetString()!, problem => problem.GetProperty("text").GetString());
        Assert.Contains(here.Did.Value, problems[alice.Did.Value]);
        Assert.Contains(here.Did.Value, problems[bob.Did.Value]);
        Assert.Equal(0, Count(run.Json, "accounts"));
    }

    [Fact]
    public async Task The_firehose_tells_the_last_day_again_and_goes_on_above_every_old_number()
    {
        var alice = _old.AddPerson();
        var (now, high) = (TimeProvider.System.GetUtcNow(), Tid.MicrosecondsOf(TimeProvider.System.GetUtcNow().AddYears(1)));
        _old.AddEvent(alice.Did, 1, now.AddDays(-3));
        _old.AddEvent(alice.Did, 2, now.AddHours(-2));
        _old.AddEvent(alice.Did, 3, now.AddHours(-2)); // in one millisecond
        _old.AddEvent(alice.Did, high, now.AddHours(-1)); // a number from the future, however it came about

        var report = (await TakeOverAsync()).Done().Json;
        Assert.Equal((3, high), (Count(report, "events"), report.GetProperty("oldSeq").GetInt64()));
        Assert.Equal(0, Count((await TakeOverAsync()).Done().Json, "events"));

        await _here.StartAsync();
        await using var firehose = await FirehoseReader.OpenAsync(_here.Url, "?cursor=1");
        var told = await firehose.NextAsync(3, alice.Did.Value);
        var first = Tid.MicrosecondsOf(DateTimeOffset.Parse(OfficialFiles.At(now.AddHours(-2)), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([first, first + 1, high], told.Select(frame => frame.Seq));
        Assert.All(told, frame => Assert.Equal("#account", frame.Type));
        var bob = await _here.SignUpAsync("bob");
        Assert.True((await firehose.NextAsync(1, bob.Did.Value))[0].Seq > high);
    }

    [Fact]
    public async Task What_a_killed_server_left_in_its_write_ahead_logs_is_read_and_the_logs_stay_as_they_are()
    {
        using var killed = new OfficialFiles();
        var alice = killed.AddPerson();
        using var open = new SqliteConnection($"Data Source={killed.Accounts};Pooling=False");
        open.Open();
        using var command = open.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE actor SET handle = 'in-the-log.test'";
        command.ExecuteNonQuery();
        foreach (var file in killed.Folder.GetFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_old.Folder.FullName, Path.GetRelativePath(killed.Folder.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy, overwrite: true);
        }

        var before = File.ReadAllBytes($"{_old.Accounts}-wal");
        (await TakeOverAsync()).Done();

        Assert.Equal("in-the-log.test", DatabaseWalk.Text(_here.Data, "SELECT handle FROM account WHERE did = @0", alice.Did.Value));
        Assert.Equal(before, File.ReadAllBytes($"{_old.Accounts}-wal"));
    }

    [Fact]
    public async Task Nothing_is_taken_while_either_server_runs()
    {
        _old.AddPerson();
        using (var open = new SqliteConnection($"Data Source={_old.Accounts};Pooling=False"))
        {
            open.Open();
            using var command = open.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; UPDATE actor SET takedownRef = NULL; SELECT count(*) FROM actor";
            command.ExecuteScalar();
            (await TakeOverInAProcessAsync()).Refused(ExitCode.Refused, "The old server is running"); // its own locks are nothing to a process
        }

        using var server = await ServerProcess.StartAsync(_here.Data);
        (await TakeOverAsync()).Refused(ExitCode.Refused, "Another server is running on the data directory");
    }

    [Fact]
    public async Task A_directory_that_is_no_official_servers_is_refused_and_nothing_is_made()
    {
        var run = await CliRun.WithAsync(Settings(), null, "server", "takeover", _here.Data.FullName);

        run.Refused(ExitCode.Usage, "is not the data directory of an official server");
        Assert.Empty(_here.Data.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Data_of_a_release_that_is_too_old_are_refused()
    {
        OfficialFiles.Execute(_old.Accounts, "UPDATE kysely_migration SET name = '002' WHERE name = '007'");

        (await TakeOverAsync()).Refused(ExitCode.Refused, "a release that is too old");
    }

    [Fact]
    public async Task A_dry_run_makes_no_file_and_says_what_cannot_be_brought()
    {
        var alice = _old.AddPerson(blobs: [Picture]);
        _old.BlobFile(alice, Picture).Delete();
        OfficialFiles.Execute(_old.Accounts, "INSERT INTO token (did) VALUES (@0)", alice.Did.Value);
        var files = _old.Folder.GetFiles("*", SearchOption.AllDirectories).Length;

        var run = await CliRun.WithAsync(Settings(), null, "server", "takeover", _old.Folder.FullName, "--dry-run");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("Nothing was written. A takeover would bring:", run.Lines[0]);
        Assert.Contains(run.Lines, line => line.StartsWith("Left out: 1 sessions of apps", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("is missing", StringComparison.Ordinal));
        Assert.Empty(_here.Data.EnumerateFileSystemInfos());
        Assert.Equal(files, _old.Folder.GetFiles("*", SearchOption.AllDirectories).Length);
    }

    private Task<CliRun> TakeOverAsync(params string[] arguments) => CliRun.WithAsync(Settings(), null, ["server", "takeover", _old.Folder.FullName, "--json", .. arguments]);

    private async Task<CliRun> TakeOverInAProcessAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pds.Api.dll"), "server", "takeover", _old.Folder.FullName])
        {
            Environment = { ["PDS_DATA_DIRECTORY"] = _here.Data.FullName },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, await errors);
    }

    private Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = more.ToDictionary(setting => setting.Name, setting => setting.Value);
        settings["PDS_DATA_DIRECTORY"] = _here.Data.FullName;
        return settings;
    }

    private int CountAccounts() => File.Exists(Path.Combine(_here.Data.FullName, "pds.sqlite")) && DatabaseWalk.TablesWith(_here.Data, "handle").Contains("account")
        ? (int)DatabaseWalk.Count(_here.Data, "account", "did <> @0", "")
        : 0;

    private async Task<string?> HeadAsync(OfficialPerson person) =>
        (await _here.Anyone.GetAsync("com.atproto.sync.getLatestCommit", new { did = person.Did.Value })).Ok().GetProperty("cid").GetString();

    private async Task<JsonElement> SignInAsync(OfficialPerson person) =>
        (await _here.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = person.Handle, password = OfficialFiles.Password })).Ok();

    private static int Count(JsonElement report, string field) => report.GetProperty(field).GetInt32();
}
