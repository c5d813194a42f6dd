using System.CommandLine;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli.Commands;

/// <summary><c>key rotate</c>: a new signing key for an account's repo, in its DID document first.</summary>
/// <remarks>The key is reserved before it is published: after a failure the same one is used again, so that it can simply be repeated.</remarks>
internal sealed class KeyRotate() : AccountVerb("rotate", "Give an account a new signing key")
{
    protected override async Task RunAsync(Did did, ParseResult arguments, Remote server, CliOutput output, CancellationToken ct)
    {
        var signingKey = (await server.ProcedureAsync("com.atproto.server.reserveSigningKey", new { did = did.Value }, ct, anonymously: true)).GetProperty("signingKey").GetString();
        await server.ProcedureAsync("com.atproto.admin.updateAccountSigningKey", new { did = did.Value, signingKey }, ct);
        output.Done($"{did} signs with {signingKey}", new { did = did.Value, signingKey });
    }
}
