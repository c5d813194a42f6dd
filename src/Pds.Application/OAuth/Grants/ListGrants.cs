using Pds.Application.OAuth.Authorizing;
using Pds.Application.Pipeline;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Grants;

/// <summary>The apps that are connected to the caller's account: every session that a client has there, the last used first.</summary>
public sealed record ListGrants : IQuery<IReadOnlyList<ListGrants.Grant>>
{
    /// <param name="Id">For <see cref="RevokeGrant"/>. Not a secret.</param>
    /// <param name="Scope">What it may do: scopes with spaces between them.</param>
    /// <param name="LastUsedAt">When the client last asked for tokens, to the half hour of its last call.</param>
    /// <param name="Device">The browser in which it was let in.</param>
    public sealed record Grant(string Id, ClientView Client, string Scope, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DeviceId Device);
}
