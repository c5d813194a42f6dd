using MediatR;
using Pds.Application.Accounts;
using Pds.Application.OAuth.Authorizing;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Grants;

/// <summary>The apps that are connected to the caller's account: every session that a client has there, the last used first.</summary>
public sealed record ListGrants : IQuery<IReadOnlyList<ListGrants.Grant>>
{
    /// <param name="Id">For <see cref="RevokeGrant"/>. Not a secret.</param>
    /// <param name="Scope">What it may do: scopes with spaces between them, as the client asked for them.</param>
    /// <param name="LastUsedAt">When the client last asked for tokens: within half an hour of its last call.</param>
    /// <param name="Device">The browser in which it was let in.</param>
    public sealed record Grant(string Id, ClientView Client, string Scope, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DeviceId Device);

    internal sealed class Handler(ICaller caller, IOAuthSessionStore sessions, IClientDocuments clients, OAuthOptions options, TimeProvider time)
        : IRequestHandler<ListGrants, IReadOnlyList<Grant>>
    {
        public async Task<IReadOnlyList<Grant>> Handle(ListGrants query, CancellationToken ct)
        {
            var (account, now) = (caller.RequireAccount(), time.GetUtcNow());
            var grants = new List<Grant>();
            foreach (var session in (await sessions.ListAsync(account.Did, ct)).Where(session => session.Holds(account, now)))
                grants.Add(new Grant(session.Id, await ViewAsync(session.Client, ct), session.Requested, session.CreatedAt, session.RefreshedAt, session.Device));
            return grants;
        }

        /// <summary>Of clients that are not trusted nothing is shown but their name, so nobody need be asked. One whose documents cannot be had now has no other.</summary>
        private async Task<ClientView> ViewAsync(ClientId client, CancellationToken ct)
        {
            if (!options.TrustedClients.Contains(client)) return new ClientView(client, IsTrusted: false);
            try
            {
                return ClientView.Of(await clients.FindAsync(client, ct), isTrusted: true);
            }
            catch (OAuthException)
            {
                return new ClientView(client, IsTrusted: true);
            }
        }
    }
}
