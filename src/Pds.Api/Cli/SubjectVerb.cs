using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli;

/// <summary>A verb that sets an account's standing (<c>com.atproto.admin.updateSubjectStatus</c>).</summary>
internal abstract class SubjectVerb(string name, string description) : AccountVerb(name, description)
{
    /// <summary>The property that is set, <c>takedown</c> or <c>deactivated</c>, and whether it is to hold.</summary>
    protected abstract (string Property, bool Applied, string Done) Change { get; }

    protected sealed override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var (property, applied, done) = Change;
        var answer = await server.ProcedureAsync("com.atproto.admin.updateSubjectStatus", new Dictionary<string, object>
        {
            ["subject"] = new Dictionary<string, object> { ["$type"] = "com.atproto.admin.defs#repoRef", ["did"] = did.Value },
            [property] = Attribute(arguments, applied),
        }, ct);
        output.Done($"{did} {done}", answer);
    }

    /// <summary>The <c>statusAttr</c> that is sent.</summary>
    protected virtual object Attribute(ParseResult arguments, bool applied) => new { applied };
}
