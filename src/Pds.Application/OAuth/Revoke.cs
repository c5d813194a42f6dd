using MediatR;
using Pds.Application.OAuth.Checks;
using Pds.Application.OAuth.Granting;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth;

/// <summary><c>POST /oauth/revoke</c>: a client gives a session up, by its refresh token or its access token (RFC 7009). Both end at once.</summary>
/// <remarks>A token that is not good, or not this client's, is no error: there is nothing left to do about it (§2.2).</remarks>
public sealed record Revoke(OAuthForm Form, DpopRequest Dpop) : ICommand<Unit>
{
    internal sealed class Handler(DpopBinding dpop, ClientAuthentication clients, IOAuthSessionStore sessions, IAccessTokenIssuer tokens, AppSessionEnd end) : IRequestHandler<Revoke, Unit>
    {
        public async Task<Unit> Handle(Revoke command, CancellationToken ct)
        {
            var token = command.Form.Require("token");
            var proof = dpop.Check(command.Dpop);
            var client = await clients.AuthenticateAsync(command.Form, proof, ct);

            if ((RefreshTokens.SessionOf(token) ?? await tokens.FindSessionAsync(token)) is not { } id || sessions.Find(id) is not { } session) return Unit.Value;
            var isClients = session.Client == client.Id && (session.ClientKey is null || session.ClientKey == client.Key);
            var isHolders = proof is null || proof.Key.Thumbprint == session.KeyThumbprint;
            if (isClients && isHolders) await end.EndAsync(session, ct);
            return Unit.Value;
        }
    }
}
