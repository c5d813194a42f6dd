using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>invite disable</c>: codes, or all codes of an account, stop working.</summary>
/// <remarks>The method passes over codes that there are not; whoever mistyped one must hear of it, so they are looked for first.</remarks>
internal sealed class InviteDisable : RemoteVerb
{
    private const int PageSize = 500;

    private readonly Argument<string[]> _codes = new("codes") { Description = "The codes", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<AtIdentifier?> _account = new("--of") { Description = "All codes of an account: a DID, or a handle", CustomParser = result => Parse<AtIdentifier>(result, "a DID or a handle") };

    public InviteDisable() : base("disable", "Make invite codes void")
    {
        Add(_codes);
        Add(_account);
        Validators.Add(result =>
        {
            if (result.GetValue(_codes) is not { Length: > 0 } && result.GetValue(_account) is null) result.AddError("Name some codes, or an account with --of");
        });
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var codes = arguments.GetValue(_codes) ?? [];
        if (await FindUnknownAsync(server, codes, ct) is { Count: > 0 } unknown)
            throw new CliException(ExitCode.Refused, $"There is no such invite code: {string.Join(", ", unknown)}. Nothing was disabled.");

        string[] accounts = arguments.GetValue(_account) is { } account ? [(await server.FindDidAsync(account, ct)).Value] : [];
        await server.ProcedureAsync("com.atproto.admin.disableInviteCodes", new { codes, accounts }, ct);
        output.Done("Disabled", new { codes, accounts });
    }

    private static async Task<HashSet<string>> FindUnknownAsync(Remote server, string[] codes, CancellationToken ct)
    {
        HashSet<string> unknown = [.. codes];
        if (unknown.Count == 0) return unknown;
        await foreach (var code in server.ListAsync("com.atproto.admin.getInviteCodes", "codes", ct, ("limit", PageSize)))
            if (unknown.Remove(code.TextOf("code")) && unknown.Count == 0) break;
        return unknown;
    }
}
