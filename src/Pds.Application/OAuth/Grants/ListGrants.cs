using MediatR;
using Pds.Application.Accounts;
using Pds.Application.OAuth.Authorizing;
using Pds.Application.OAuth.Consent;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.OAuth.Grants;

/// <summary>The apps that are connected to the caller's account: every session that a client has there, the last used first.</summary>
public sealed record ListGrants : IQuery<IReadOnlyList<ListGrants.Grant>>
{
    /// <param name="Id">For <see cref="RevokeGrant"/>. Not a secret.</param>
    /// <param name="Permissions">What it may do, with what permission sets hold in their place.</param>
    /// <param name="LastUsedAt">When the client last asked for tokens: within half an hour of its last call.</param>
    /// <param name="Device">The browser in which it was let in.</param>
    public sealed record Grant(string Id, ClientView Client, IReadOnlyList<RequestedPermission> Permissions, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DeviceId Device);

    internal sealed class Handler(ICaller caller, IOAuthSessionStore sessions, ClientViews clients, TimeProvider time)
        : IRequestHandler<ListGrants, IReadOnlyList<Grant>>
    {
        public async Task<IReadOnlyList<Grant>> Handle(ListGrants query, CancellationToken ct)
        {
            var (account, now) = (caller.RequireAccount(), time.GetUtcNow());
            var grants = new List<Grant>();
            foreach (var session in (await sessions.ListAsync(account.Did, ct)).Where(session => session.Holds(account, now)))
                grants.Add(new Grant(session.Id, await clients.FindAsync(session.Client, ct), RequestedPermission.Of(ScopeSet.Parse(session.Scope)), session.CreatedAt, session.RefreshedAt, session.Device));
            return grants;
        }
    }
}
