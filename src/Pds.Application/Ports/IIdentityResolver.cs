using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Asks the network who is who. Answers are remembered for a while; the two that refresh ask in any case.</summary>
public interface IIdentityResolver
{
    /// <summary>The DID's document, perhaps of a while ago, or null where it does not resolve.</summary>
    Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct);

    /// <summary>The DID's document as it is now, or null where it does not resolve now.</summary>
    Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct);

    /// <summary>What a handle's own domain says its DID is, perhaps some minutes ago, or null where it says nothing.</summary>
    Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct);

    /// <summary>What a handle's own domain says now that its DID is, or null where it says nothing.</summary>
    Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct);
}
