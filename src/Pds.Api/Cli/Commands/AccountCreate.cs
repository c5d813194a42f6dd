using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>account create</c>: signs somebody up, with an invite code made for the purpose where one is needed.</summary>
internal sealed class AccountCreate : RemoteVerb
{
    private readonly Argument<Handle> _handle = new("handle") { Description = "The handle, such as alice.example.com", CustomParser = result => Parse<Handle>(result, "a handle") };
    private readonly Argument<string> _email = new("email") { Description = "The address that codes are sent to" };
    private readonly PasswordOption _password = new();

    public AccountCreate() : base("create", "Make an account, and a password unless you give one")
    {
        Add(_handle);
        Add(_email);
        Add(_password);
    }

    protected override async Task RunAsync(ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var (handle, email, password) = (arguments.GetRequiredValue(_handle), arguments.GetRequiredValue(_email), _password.ReadOrGenerate(arguments));
        var created = await server.ProcedureAsync(
            "com.atproto.server.createAccount", new { handle = handle.Value, email, password = password.Reveal(), inviteCode = await InviteAsync(server, ct) }, ct, anonymously: true);

        var did = created.GetProperty("did").GetString();
        output.Done(
            $"""
             Account created
             Handle    {handle}
             DID       {did}
             Password  {password.Reveal()}
             """,
            new { did, handle = handle.Value, email, password = password.Reveal() });
    }

    private static async Task<string?> InviteAsync(Remote server, CancellationToken ct)
    {
        var description = await server.QueryAsync("com.atproto.server.describeServer", ct);
        if (!description.TryGetProperty("inviteCodeRequired", out var required) || !required.GetBoolean()) return null;
        return (await server.ProcedureAsync("com.atproto.server.createInviteCode", new { useCount = 1 }, ct)).GetProperty("code").GetString();
    }
}
