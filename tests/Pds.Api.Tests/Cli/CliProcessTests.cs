using System.Diagnostics;
using System.Text.Json;
using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary>The executable as a script runs it: what it ends with, and that it is the server where no verb is named.</summary>
public sealed class CliProcessTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-cli-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Verbs_end_with_a_number_and_say_only_the_answer_on_the_standard_output()
    {
        using var server = await ServerProcess.StartAsync(_data); // without arguments it serves
        var alice = await server.SignUpAsync("alice.test");

        var listed = await RunAsync("--url", server.Url, "account", "list", "--json"); // the password is found in the data directory
        Assert.Equal(ExitCode.Done, listed.ExitCode);
        Assert.Equal(alice.Did.Value, Assert.Single(JsonSerializer.Deserialize<JsonElement>(listed.Output).EnumerateArray()).GetProperty("did").GetString());
        Assert.Empty(listed.Errors); // no progress where nobody looks

        Assert.Equal((ExitCode.Refused, "", "InvalidRequest: Account does not exist: nobody.test"), await RunAsync("--url", server.Url, "account", "show", "nobody.test"));
        Assert.Equal(ExitCode.Usage, (await RunAsync("--url", server.Url, "account", "delete", alice.Handle)).ExitCode); // nobody is at the keyboard
        Assert.Equal(ExitCode.Usage, (await RunAsync("acount", "list")).ExitCode);
        Assert.Equal(ExitCode.Unreachable, (await RunAsync("--url", "http://127.0.0.1:1", "account", "list")).ExitCode);
    }

    [Fact]
    public async Task Serve_serves()
    {
        using var server = await ServerProcess.StartAsync(_data, ["serve", "--Pds:Identity:HandleDomains=.example.com"]); // with the server's own options behind it

        var description = (await server.Anyone.GetAsync("com.atproto.server.describeServer")).Ok();
        Assert.Equal(".example.com", description.GetProperty("availableUserDomains")[0].GetString());
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pds.Api.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PDS_DATA_DIRECTORY"] = _data.FullName;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }
}
