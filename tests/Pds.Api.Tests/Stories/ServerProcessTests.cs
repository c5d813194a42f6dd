using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.Data.Sqlite;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>How the process begins and ends, as an operator sees it.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-process-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_second_server_on_the_same_data_refuses_to_start_and_says_why()
    {
        using var first = await ServerProcess.StartAsync(_data);

        var (exitCode, errors) = await ServerProcess.RefusesAsync(_data);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"Another server is running on the data directory {_data.FullName} (it holds {Path.Combine(_data.FullName, "pds.lock")}). Stop it first, or give this one another PDS_DATA_DIRECTORY.",
            errors);
        await first.SignUpAsync("alice.test"); // and the first one is none the worse
    }

    [Fact]
    public async Task Ends_when_asked_to_with_its_subscribers_told_and_nothing_lost()
    {
        using var server = await ServerProcess.StartAsync(_data);
        var alice = await server.SignUpAsync("alice.test");
        await using var firehose = await FirehoseReader.OpenAsync(server.Url, "?cursor=0");
        await firehose.NextAsync(4, alice.Did.Value);
        await using var silent = await RawSocket.OpenAsync(server.Url, "/xrpc/com.atproto.sync.subscribeRepos"); // never answers anything
        var watch = Stopwatch.StartNew();

        var exitCode = await server.TerminateAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await firehose.ToEndAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, firehose.CloseStatus);
        using var again = await ServerProcess.StartAsync(_data);
        Assert.Empty((await again.Again(alice).ExportAsync()).Records);
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_left_alone()
    {
        using (var server = await ServerProcess.StartAsync(_data)) await server.TerminateAsync();
        var file = Path.Combine(_data.FullName, "pds.sqlite");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('9999_from_the_future', '99.0')""";
            command.ExecuteNonQuery();
        }

        var (exitCode, errors) = await ServerProcess.RefusesAsync(_data);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"The database {file} was last used by a newer release (it has the migration 9999_from_the_future, which this one does not know). Run that release, or restore a backup from before the upgrade.",
            errors);
    }
}
