using Pds.Application.OAuth.Checks;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Granting;

/// <summary>Exchanges a code for the tokens of a new session (RFC 6749 §4.1.3). A code is good for one try: one that fails uses it up, and one that comes again ends what it began.</summary>
internal sealed class CodeExchange(
    IOAuthRequestStore requests, IOAuthSessionStore sessions, NewSession newSession, IDeviceStore devices, IRepoGate gate, IUnitOfWork unitOfWork)
{
    /// <exception cref="OAuthException">invalid_request, invalid_grant, invalid_scope.</exception>
    public async Task<Token.Output> ExchangeAsync(AuthenticatedClient client, DpopProof proof, OAuthForm form, CancellationToken ct)
    {
        var hash = AuthorizationCode.HashOf(ReadCode(form));
        using var turnOfCode = await gate.EnterAsync($"code:{Convert.ToHexStringLower(hash.Span)}", ct); // one that comes again finds what the first began
        if (await requests.FindByCodeAsync(hash, ct) is not { Account: { } did } request) throw await RefuseAsync(hash, ct);

        using var turn = await gate.EnterAsync(did, ct);
        await requests.RemoveAsync(request.Id, ct);
        await unitOfWork.SaveChangesAsync(ct); // whatever comes of it

        var answer = await newSession.BeginAsync(client, proof, request, form, ct);
        await unitOfWork.SaveChangesAsync(ct);
        return answer;
    }

    /// <summary>What is missing or malformed costs nobody a code.</summary>
    private static Secret ReadCode(OAuthForm form)
    {
        var code = form.Require("code");
        form.Require("redirect_uri");
        if (!Pkce.IsVerifier(form.Require("code_verifier"))) throw OAuthException.InvalidGrant("Invalid code_verifier");
        return AuthorizationCode.IsWellFormed(code) ? Secret.Of(code) : throw OAuthException.InvalidGrant("Invalid code");
    }

    /// <summary>What to refuse a code with that is not good. If it was once, somebody has a copy of it: its session ends, and so does being signed in where it came from.</summary>
    private async Task<OAuthException> RefuseAsync(ReadOnlyMemory<byte> hash, CancellationToken ct)
    {
        if (await sessions.FindByCodeAsync(hash, ct) is { } session)
        {
            using var turn = await gate.EnterAsync(session.Did, ct);
            await sessions.RemoveAsync(session.Id, ct);
            await devices.RemoveSignInAsync(session.Device, session.Did, ct);
            await unitOfWork.SaveChangesAsync(ct);
        }

        return OAuthException.InvalidGrant("Invalid code");
    }
}
