using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Proxying;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.getServiceAuth</c>: a signed token with which the caller goes to another service.</summary>
/// <param name="Aud">The service: a DID, or one and the id of a service in its document.</param>
/// <param name="Exp">When the token ends, in seconds since the Unix epoch.</param>
/// <param name="Lxm">The one method that it is good for.</param>
public sealed record GetServiceAuth(string Aud, long? Exp = null, Nsid? Lxm = null) : IQuery<GetServiceAuth.Output>
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWithoutMethod = TimeSpan.FromMinutes(1);

    public sealed record Output(string Token);

    internal sealed class Handler(ICaller caller, ServiceAuth tokens, TimeProvider time) : IRequestHandler<GetServiceAuth, Output>
    {
        public async Task<Output> Handle(GetServiceAuth query, CancellationToken ct)
        {
            var did = caller.RequireDid();
            if (!DidReference.TryParse(query.Aud, out var audience) || !audience.Did.IsBlessed)
                throw XrpcException.InvalidRequest("aud must be a valid atproto DID or did#serviceId reference");

            CheckPermission(audience, query.Lxm);
            CheckExpiration(query);
            if (query.Lxm is { } method && GuardedMethods.IsProtected(method))
                throw XrpcException.InvalidRequest($"cannot request a service auth token for the following protected method: {method}");

            var expiresAt = query.Exp is { } exp ? DateTimeOffset.FromUnixTimeSeconds(exp) : (DateTimeOffset?)null;
            return new Output(await tokens.IssueAsync(did, audience, query.Lxm, expiresAt, ct));
        }

        private void CheckPermission(DidReference audience, Nsid? method)
        {
            if (caller.Permissions.Session == SessionScope.Takendown && method?.Value != GuardedMethods.CreateAccount) throw XrpcException.InvalidToken("Bad token scope");
            caller.Permissions.Demand(
                RpcScope.Of(method, audience),
                () => XrpcException.InvalidRequest($"insufficient access to request a service auth token for the following method: {method}"));
        }

        private void CheckExpiration(GetServiceAuth query)
        {
            if (query.Exp is not { } exp) return;

            var ahead = exp - (time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0); // any number may have been sent
            if (ahead < 0) throw XrpcException.BadExpiration("expiration is in past");
            if (ahead > Longest.TotalSeconds) throw XrpcException.BadExpiration("cannot request a token with an expiration more than an hour in the future");
            if (query.Lxm is null && ahead > LongestWithoutMethod.TotalSeconds)
                throw XrpcException.BadExpiration("cannot request a method-less token with an expiration more than a minute in the future");
        }
    }
}
