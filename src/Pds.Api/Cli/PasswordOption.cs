using System.CommandLine;
using System.Security.Cryptography;
using Pds.Domain.Accounts;

namespace Pds.Api.Cli;

/// <summary><c>--password-stdin</c>: a password that is read, not given among the arguments, where every process of the machine could see it.</summary>
internal sealed class PasswordOption : Option<bool>
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that looks like something else
    private const int GeneratedLength = 24;

    public PasswordOption() : base("--password-stdin") => Description = "Read the password from the first line of the standard input; without this, one is made up and shown";

    /// <summary>The password, and the text of it to show: null where whoever called has it.</summary>
    /// <exception cref="CliException">There is none to read.</exception>
    public (Secret Password, string? Shown) ReadOrGenerate(ParseResult arguments)
    {
        if (arguments.GetValue(this)) return (Read((CliInvocation)arguments.InvocationConfiguration), null);
        var generated = RandomNumberGenerator.GetString(Alphabet, GeneratedLength);
        return (Secret.Of(generated), generated);
    }

    private static Secret Read(CliInvocation invocation) =>
        invocation.Input.ReadLine() is { Length: > 0 } line ? Secret.Of(line) : throw new CliException(ExitCode.Usage, "There is no password on the standard input");
}
