namespace Pds.Api.Cli.Commands;

/// <summary><c>account untakedown</c>: undoes a takedown.</summary>
internal sealed class AccountUntakedown() : SubjectVerb("untakedown", "Undo a takedown")
{
    protected override (string Property, bool Applied, string Done) Change => ("takedown", false, "is not taken down");
}
