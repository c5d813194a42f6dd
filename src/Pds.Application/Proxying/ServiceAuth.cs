using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Speaks for an account to other services: tokens signed with the account's own key.</summary>
internal sealed class ServiceAuth(IKeyring keys, TimeProvider time)
{
    /// <summary>How long a token lasts if nobody says otherwise: one request and the clocks' differences.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <param name="account">One of this server's.</param>
    /// <param name="audience">The service.</param>
    /// <param name="method">The one method that the token is good for; null for any that asks for none.</param>
    /// <param name="expiresAt">Null for <see cref="Lifetime"/> from now.</param>
    /// <param name="ct">Ends the wait for the key.</param>
    public async ValueTask<string> IssueAsync(Did account, DidReference audience, Nsid? method, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        var key = await keys.GetAsync(account, ct);
        var now = time.GetUtcNow();
        return new ServiceClaims(DidReference.Of(account), audience, now, expiresAt ?? now + Lifetime, method).Sign(key);
    }
}
