using MediatR;
using Pds.Application.OAuth.Checks;
using Pds.Application.OAuth.Granting;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth;

/// <summary><c>POST /oauth/token</c>: a client exchanges a code, or a refresh token, for tokens (RFC 6749 §4.1.3, §6).</summary>
public sealed record Token(OAuthForm Form, DpopRequest Dpop) : ICommand<Token.Output>
{
    /// <param name="ExpiresIn">Seconds.</param>
    /// <param name="Sub">Whose account it is. Clients must check that this server speaks for it.</param>
    /// <param name="RefreshToken">Null where the client takes none.</param>
    public sealed record Output(string AccessToken, string TokenType, int ExpiresIn, string Scope, Did Sub, string? RefreshToken);

    internal sealed class Handler(DpopBinding dpop, ClientAuthentication clients, CodeExchange codes, TokenRotation refreshes) : IRequestHandler<Token, Output>
    {
        public async Task<Output> Handle(Token command, CancellationToken ct)
        {
            var type = command.Form.Require("grant_type");
            if (type is not ("authorization_code" or "refresh_token")) throw OAuthException.UnsupportedGrantType($"Grant type \"{type}\" is not supported by the server");

            var proof = dpop.Require(command.Dpop);
            var client = await clients.AuthenticateAsync(command.Form, proof, ct);
            if (type == "authorization_code") return await codes.ExchangeAsync(client, proof, command.Form, ct);
            if (!client.Metadata.CanRefresh) throw OAuthException.UnauthorizedClient("\"refresh_token\" grant type is not allowed for this client");
            return await refreshes.ExchangeAsync(client, proof, command.Form, ct);
        }
    }
}
