using System.CommandLine;
using System.Text.Json;
using Pds.Domain.Accounts;
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
        var (handle, email) = (arguments.GetRequiredValue(_handle), arguments.GetRequiredValue(_email));
        var (password, shown) = _password.ReadOrGenerate(arguments);
        var did = (await SignUpAsync(server, handle, email, password, ct)).GetProperty("did").GetString();

        string[] lines = ["Account created", $"Handle    {handle}", $"DID       {did}", .. shown is null ? [] : new[] { $"Password  {shown}" }];
        output.Done(lines, new { did, handle = handle.Value, email, password = shown });
    }

    private static async Task<JsonElement> SignUpAsync(Remote server, Handle handle, string email, Secret password, CancellationToken ct)
    {
        var inviteCode = await InviteAsync(server, ct);
        try
        {
            return await server.ProcedureAsync(
                "com.atproto.server.createAccount", new { handle = handle.Value, email, password = password.Reveal(), inviteCode }, ct, anonymously: true);
        }
        catch (CliException refused) when (refused.ExitCode == ExitCode.Refused && inviteCode is not null)
        {
            await server.ProcedureAsync("com.atproto.admin.disableInviteCodes", new { codes = new[] { inviteCode } }, ct); // nobody is to sign up with it
            throw;
        }
    }

    /// <summary>A code for one account; null where none is needed.</summary>
    private static async Task<string?> InviteAsync(Remote server, CancellationToken ct)
    {
        var description = await server.QueryAsync("com.atproto.server.describeServer", ct);
        if (!description.TryGetProperty("inviteCodeRequired", out var required) || !required.GetBoolean()) return null;
        return (await server.ProcedureAsync("com.atproto.server.createInviteCode", new { useCount = 1 }, ct)).GetProperty("code").GetString();
    }
}
