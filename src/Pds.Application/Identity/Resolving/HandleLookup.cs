using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Resolving;

/// <summary>Finds the DID behind a handle, of this server or any other.</summary>
internal sealed class HandleLookup(AccountGate accounts, HostedDidWeb didWeb, IIdentityResolver identities, HandlePolicy handles)
{
    /// <summary>Null where nobody has it. What the DID's document says of the handle is not asked.</summary>
    public async Task<Did?> FindAsync(Handle handle, Freshness freshness, CancellationToken ct)
    {
        if (await accounts.FindActiveAsync(AtIdentifier.Of(handle), ct) is { } account) return account.Did;

        // A handle of our own that nobody has, or whose account is out of circulation, needs no asking around.
        if (handles.IsServed(handle)) return await didWeb.FindMovedAsync(handle, ct);
        return freshness == Freshness.OfNow ? await identities.RefreshHandleAsync(handle, ct) : await identities.ResolveHandleAsync(handle, ct);
    }
}
