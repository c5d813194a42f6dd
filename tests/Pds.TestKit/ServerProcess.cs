using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Pds.TestKit;

/// <summary>The server as an operator runs it: a process of its own, settings by environment variables, on a port that the system chooses.</summary>
public sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TaskCompletionSource<string?> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) _url.TrySetResult(null);
            else if (Address.Match(line.Data) is { Success: true } match) _url.TrySetResult(match.Groups[1].Value);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
    }

    /// <summary>Where it is reached, without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    public int Id => _process.Id;

    public XrpcClient Anyone => new(Url);

    /// <summary>What it has written to its error output.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static Task<ServerProcess> StartAsync(DirectoryInfo data, params (string Variable, string Value)[] environment) => StartAsync(data, [], environment);

    /// <summary>The same, with arguments.</summary>
    public static async Task<ServerProcess> StartAsync(DirectoryInfo data, IReadOnlyList<string> arguments, params (string Variable, string Value)[] environment)
    {
        var server = Launch(data, arguments, environment);
        server.Url = await server._url.Task.WaitAsync(Patience) ?? throw new InvalidOperationException($"The server did not start: {server.Errors}");
        return server;
    }

    /// <summary>Starts it where it is expected to refuse; answers with its exit code and what it says.</summary>
    public static async Task<(int ExitCode, string Errors)> RefusesAsync(DirectoryInfo data)
    {
        using var server = Launch(data, [], []);
        var exitCode = await server.ExitAsync();
        return (exitCode, server.Errors.Trim());
    }

    /// <summary>Ends it as a power cut does: at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(); // SIGKILL
        await ExitAsync();
    }

    /// <summary>Asks it to end, as a supervisor does; answers with its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await ExitAsync();
    }

    /// <summary>How much memory it has, in bytes.</summary>
    public long ReadResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public async Task<Actor> SignUpAsync(string handle)
    {
        var created = await Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password = handle });
        return new Actor(Url, created.Ok(), handle);
    }

    /// <summary>The same user after a restart, which may have changed the port.</summary>
    public Actor Again(Actor actor) => new(Url, actor.Session, actor.Password);

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static ServerProcess Launch(DirectoryInfo data, IReadOnlyList<string> arguments, (string Variable, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pds.Api.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PDS_PORT"] = "0";
        start.Environment["PDS_DATA_DIRECTORY"] = data.FullName;
        foreach (var (variable, value) in environment) start.Environment[variable] = value;

        var server = new ServerProcess(new Process { StartInfo = start });
        Assert.True(server._process.Start());
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    private async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>The line of the sandbox's greeting.</summary>
    [GeneratedRegex(@"^\s*Open it\s+(http://\S+)$")]
    private static partial Regex Address { get; }
}
