namespace Pds.Api.Cli.Commands;

/// <summary><c>account deactivate</c>: out of sight until its owner, or <c>account activate</c>, brings it back.</summary>
internal sealed class AccountDeactivate() : SubjectVerb("deactivate", "Switch an account off; its owner may switch it on again")
{
    protected override (string Property, bool Applied, string Done) Change => ("deactivated", true, "is deactivated");
}
