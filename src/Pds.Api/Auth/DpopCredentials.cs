using Pds.Api.OAuth;
using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Application.OAuth.Checks;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Auth;

/// <summary>Reads what an app sends that its user signed in to by OAuth: an access token, and the proof that the app has the key which the token is bound to (RFC 9449 §7).</summary>
/// <remarks>The session is looked up each time: one that was ended ends at once, whatever its tokens say.</remarks>
internal sealed class DpopCredentials(
    HttpCaller caller, AppTokens tokens, DpopBinding dpop, DpopNonces nonces, IOAuthSessionStore sessions, IAccountStore accounts, ServiceOptions service, TimeProvider time)
{
    /// <exception cref="XrpcException">invalid_token, invalid_dpop_proof, use_dpop_nonce, with a challenge that says the same; AccountDeactivated; Forbidden, ScopeMissingError; NotEnoughResources.</exception>
    public async Task ReadAsync(HttpContext http, string token, Access access, CancellationToken ct)
    {
        DpopHeaders.TellNonce(http.Response, nonces.Next);
        try
        {
            await ReadAsync(http, token, ct);
        }
        catch (OAuthException busy) when (busy.Error == "temporarily_unavailable")
        {
            throw XrpcException.NotEnoughResources(busy.Message, busy);
        }
        catch (OAuthException refusal)
        {
            DpopHeaders.Challenge(http.Response, refusal);
            throw XrpcException.AppRefused(refusal);
        }

        if (access.NeedsActive && !caller.Account!.IsActive) throw XrpcException.AccountDeactivated();
        access.Admit(caller.Permissions);
    }

    private async Task ReadAsync(HttpContext http, string token, CancellationToken ct)
    {
        var url = new Uri($"{service.PublicUrl}{http.Request.Path.ToUriComponent()}");
        var proof = dpop.Check(new DpopRequest(http.Request.Method, url, http.Request.Headers["DPoP"]!, token));
        var id = await tokens.ReadAsync(token);
        if (proof is null) throw OAuthException.InvalidDpopProof("DPoP proof required");

        var session = sessions.Find(id) ?? throw OAuthException.InvalidToken("Invalid token");
        if (session.KeyThumbprint != proof.Key.Thumbprint) throw OAuthException.InvalidToken("Invalid DPoP key binding");
        var account = await accounts.FindAsync(session.Did, ct);
        if (account is null || !session.Holds(account, time.GetUtcNow())) throw OAuthException.InvalidToken("Invalid token");

        (caller.Account, caller.Permissions) = (account, Permissions.Of(ScopeSet.Parse(session.Scope)));
    }
}
