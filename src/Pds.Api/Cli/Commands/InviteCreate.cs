using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>invite create</c>: codes that let people sign up.</summary>
internal sealed class InviteCreate : RemoteVerb
{
    private readonly Option<int> _count = new("--count") { Description = "How many codes", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _uses = new("--uses") { Description = "How many people may sign up with each", DefaultValueFactory = _ => 1 };
    private readonly Option<AtIdentifier?> _account = new("--for") { Description = "Whose codes they are: a DID, or a handle", CustomParser = result => Parse<AtIdentifier>(result, "a DID or a handle") };

    public InviteCreate() : base("create", "Make invite codes")
    {
        Add(_count);
        Add(_uses);
        Add(_account);
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        string[]? accounts = arguments.GetValue(_account) is { } account ? [(await server.FindDidAsync(account, ct)).Value] : null;
        var made = await server.ProcedureAsync(
            "com.atproto.server.createInviteCodes", new { codeCount = arguments.GetValue(_count), useCount = arguments.GetValue(_uses), forAccounts = accounts }, ct);

        var codes = made.GetProperty("codes").EnumerateArray().SelectMany(one => one.GetProperty("codes").EnumerateArray()).Select(code => code.GetString()!);
        output.Done(codes, made);
    }
}
