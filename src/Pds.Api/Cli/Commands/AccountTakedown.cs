using System.CommandLine;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account takedown</c>: hides everything of an account, and ends its sessions.</summary>
internal sealed class AccountTakedown : SubjectVerb
{
    private readonly Option<string?> _reference = new("--ref") { Description = "What the takedown is filed under, such as the number of a report" };

    public AccountTakedown() : base("takedown", "Hide everything of an account, and end its sessions") => Add(_reference);

    protected override (string Property, bool Applied, string Done) Change => ("takedown", true, "is taken down");

    protected override object Attribute(ParseResult arguments, bool applied) => new { applied, @ref = arguments.GetValue(_reference) };
}
