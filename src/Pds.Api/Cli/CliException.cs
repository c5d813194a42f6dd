namespace Pds.Api.Cli;

/// <summary>A verb cannot do what it was asked. The message is for the person at the keyboard, the number for the script around it.</summary>
internal sealed class CliException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode => exitCode;
}
