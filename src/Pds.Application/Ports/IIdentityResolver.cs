using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Asks the network who is who.</summary>
public interface IIdentityResolver
{
    /// <summary>The DID's document, or null where it does not resolve.</summary>
    Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct);

    /// <summary>What a handle's own domain says its DID is, or null where it says nothing.</summary>
    Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct);
}
