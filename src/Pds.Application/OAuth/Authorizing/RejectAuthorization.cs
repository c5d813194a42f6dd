using MediatR;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The user turns the client away: it hears <c>access_denied</c>, and the request is over.</summary>
/// <param name="Device">The browser that opened the request.</param>
/// <exception cref="OAuthException">invalid_request: there is no such request.</exception>
public sealed record RejectAuthorization(RequestUri Request, DeviceId Device) : ICommand<AuthorizationResponse>
{
    internal sealed class Handler(OpenRequests open) : IRequestHandler<RejectAuthorization, AuthorizationResponse>
    {
        public async Task<AuthorizationResponse> Handle(RejectAuthorization command, CancellationToken ct)
        {
            using var turn = await open.EnterAsync(command.Request, ct);
            var request = await open.RequireAsync(command.Request, ct);
            return await open.RefuseAsync(request, "access_denied", open.FaultOf(request, command.Device) ?? "The user rejected the request", ct);
        }
    }
}
