namespace Pds.Api.Cli;

/// <summary>What a verb's end means to a script.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server refused it: it names why.</summary>
    public const int Refused = 1;

    /// <summary>The words, options or settings are wrong, or a question was not answered as it must be; nothing was changed.</summary>
    public const int Usage = 2;

    /// <summary>The server cannot be reached, or answers nonsense.</summary>
    public const int Unreachable = 3;
}
