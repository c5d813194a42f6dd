namespace Pds.Api.Cli.Commands;

/// <summary><c>account activate</c>: undoes a deactivation.</summary>
internal sealed class AccountActivate() : SubjectVerb("activate", "Switch an account on again")
{
    protected override (string Property, bool Applied, string Done) Change => ("deactivated", false, "is not deactivated");
}
