using System.Text.Json;
using Pds.Api.Cli;
using Pds.TestKit;

namespace Pds.Api.Tests.Cli;

/// <summary>One run of a verb against a server of the test's: what it said, and how it ended.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    /// <summary>What was said, line by line.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The only document that was said.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Output);

    /// <summary>With the server's address and the administrator's password, as an operator on its machine has them.</summary>
    public static Task<CliRun> OnAsync(PdsFixture pds, params string[] arguments) =>
        WithAsync(new() { ["PDS_ADMIN_PASSWORD"] = PdsFixture.AdminPassword }, input: null, isInteractive: false, ["--url", pds.Url, .. arguments]);

    /// <summary>The same, with somebody at the keyboard who types that.</summary>
    public static Task<CliRun> TypingAsync(PdsFixture pds, string input, params string[] arguments) =>
        WithAsync(new() { ["PDS_ADMIN_PASSWORD"] = PdsFixture.AdminPassword }, input, isInteractive: true, ["--url", pds.Url, .. arguments]);

    /// <summary>The same, with that piped into it.</summary>
    public static Task<CliRun> PipingAsync(PdsFixture pds, string input, params string[] arguments) =>
        WithAsync(new() { ["PDS_ADMIN_PASSWORD"] = PdsFixture.AdminPassword }, input, isInteractive: false, ["--url", pds.Url, .. arguments]);

    /// <summary>With other settings; nobody is at the keyboard.</summary>
    public static Task<CliRun> WithAsync(Dictionary<string, string> variables, string? input, params string[] arguments) =>
        WithAsync(variables, input, isInteractive: false, arguments);

    private static async Task<CliRun> WithAsync(Dictionary<string, string> variables, string? input, bool isInteractive, string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var invocation = new CliInvocation
        {
            Output = output, Error = errors, Variables = variables, Input = new StringReader(input ?? ""), IsInteractive = isInteractive, ShowsProgress = false,
        };
        var exitCode = await Api.Cli.Cli.RunAsync(arguments, invocation, CancellationToken.None);
        return new CliRun(exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Fails unless it was refused, with nothing said but why.</summary>
    public CliRun Refused(int exitCode, string why)
    {
        Assert.Equal($"{exitCode} ", $"{ExitCode} {Output}");
        Assert.Contains(why, Errors);
        return this;
    }

    /// <summary>Fails unless it did what it was asked.</summary>
    public CliRun Done() => ExitCode == 0 ? this : throw new InvalidOperationException($"Exit code {ExitCode}: {Errors}");
}
