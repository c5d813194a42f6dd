using MediatR;
using Pds.Application.OAuth.Checks;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth;

/// <summary><c>POST /oauth/par</c>: a client pushes an authorization request (RFC 9126), and gets a name for it that it can send a browser here with.</summary>
/// <remarks>This is where everything about a request is checked; what follows only asks the user.</remarks>
public sealed record Par(OAuthForm Form, DpopRequest Dpop) : ICommand<Par.Output>
{
    /// <param name="ExpiresIn">Seconds.</param>
    public sealed record Output(RequestUri RequestUri, int ExpiresIn);

    internal sealed class Handler(DpopBinding dpop, ClientAuthentication clients, RequestRules rules, IOAuthRequestStore requests, TimeProvider time) : IRequestHandler<Par, Output>
    {
        public async Task<Output> Handle(Par command, CancellationToken ct)
        {
            var asked = AuthorizationRequest.Read(command.Form.RequireClient(), command.Form.Parameters);
            var proof = dpop.Check(command.Dpop);
            var client = await clients.AuthenticateAsync(command.Form, proof, ct);
            var parameters = await rules.CompleteAsync(client.Metadata, asked with { KeyThumbprint = KeyOf(asked, proof) }, ct);

            var now = time.GetUtcNow();
            var request = new PushedRequest(RequestUri.New(), parameters, client.Key, now, now + PushedRequest.Lifetime);
            requests.Add(request);
            requests.RemoveSomeExpired(now - PushedRequest.KeptAfter); // who pushes clears some away: however many there are, they do not pile up
            return new Output(request.Id, (int)PushedRequest.Lifetime.TotalSeconds);
        }

        /// <summary>The key that tokens will be bound to: proved, or named, or both and then the same (RFC 9449 §10).</summary>
        private static string KeyOf(AuthorizationRequest asked, DpopProof? proof) => (asked.KeyThumbprint, proof?.Key.Thumbprint) switch
        {
            (null, null) => throw OAuthException.InvalidDpopProof("DPoP proof required"),
            ({ } named, { } proved) when named != proved => throw OAuthException.InvalidDpopProof("DPoP proof does not match dpop_jkt"),
            var (named, proved) => proved ?? named!,
        };
    }
}
