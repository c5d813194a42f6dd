using System.CommandLine;

namespace Pds.Api.Cli;

/// <summary>What surrounds a verb: where it reads and writes, and the variables that hold its settings.</summary>
internal sealed class CliInvocation : InvocationConfiguration
{
    public CliInvocation() => EnableDefaultExceptionHandler = false; // our own errors, with our own exit codes

    public TextReader Input { get; init; } = Console.In;

    /// <summary>Whether a person sits at <see cref="Input"/>.</summary>
    public bool IsInteractive { get; init; } = !Console.IsInputRedirected;

    /// <summary>Whether a person sees progress on the error output.</summary>
    public bool ShowsProgress { get; init; } = !Console.IsErrorRedirected;

    /// <summary>Null for the process's own.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}
