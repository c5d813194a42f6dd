using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The user lets the client in: it gets a code, and this consent is remembered for its next request.</summary>
/// <param name="Device">The browser that opened the request.</param>
/// <param name="Account">Whose access it is, and when its password was entered in this browser.</param>
/// <param name="Granted">The scopes that the user left ticked, of those that the question listed; null for all. What was not asked for is not granted by this.</param>
/// <returns>The answer for the client; the same again where the same is sent twice, while nobody has used it. It is an error where the request ended meanwhile, the account may not be used, or it must sign in again.</returns>
/// <exception cref="OAuthException">invalid_request: there is no such request.</exception>
public sealed record AcceptAuthorization(RequestUri Request, DeviceId Device, DeviceAccount Account, IReadOnlyCollection<string>? Granted = null)
    : ICommand<AuthorizationResponse>, IRepoCommand
{
    public Did TurnOf(ICaller caller) => Account.Did;

    internal sealed class Handler(OpenRequests open, AccountChoices choices, Acceptance acceptance, IAccountStore accounts) : IRequestHandler<AcceptAuthorization, AuthorizationResponse>
    {
        public async Task<AuthorizationResponse> Handle(AcceptAuthorization command, CancellationToken ct)
        {
            using var turn = await open.EnterAsync(command.Request, ct);
            var request = await open.RequireAsync(command.Request, ct);
            if (FindAgain(command, request) is { } again) return again;
            if (request.Device is null) return await open.RefuseAsync(request, "access_denied", "This request was not initiated", ct);
            if (open.FaultOf(request, command.Device) is { } fault) return await open.RefuseAsync(request, "access_denied", fault, ct);
            if (await accounts.FindAsync(command.Account.Did, ct) is not { IsActive: true })
                return await open.RefuseAsync(request, "access_denied", "This account has been deactivated", ct);
            if (choices.NeedsSignIn(request, command.Account)) return await open.RefuseAsync(request, "login_required", "Login is required", ct);

            var scopes = ScopesOf(command, request);
            return scopes.IsAtproto
                ? await acceptance.AcceptAsync(request, command.Device, command.Account.Did, scopes, ct)
                : await open.RefuseAsync(request, "access_denied", "The \"atproto\" scope is required", ct);
        }

        /// <summary>The same answer from the same browser, for the same account and the same scopes.</summary>
        private AuthorizationResponse? FindAgain(AcceptAuthorization command, PushedRequest request) =>
            request.Account == command.Account.Did && ScopesOf(command, request).Equals(request.Parameters.Scopes) ? acceptance.FindAgain(request, command.Device) : null;

        private static ScopeSet ScopesOf(AcceptAuthorization command, PushedRequest request) =>
            command.Granted is { } granted ? request.Parameters.Scopes.Intersect(ScopeSet.Parse(string.Join(' ', granted))) : request.Parameters.Scopes;
    }
}
