using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The DID documents that this server itself is the authority for: of each did:web that is a name of its own domains.</summary>
public interface IHostedDocuments
{
    /// <summary>The document as it is now; null where nobody here has that identity, and where it has ended.</summary>
    ValueTask<DidDocument?> FindAsync(Did did, CancellationToken ct);

    /// <summary>The identity that has moved to another server and kept its name here as its handle; null for any other handle.</summary>
    ValueTask<Did?> FindMovedAsync(Handle handle, CancellationToken ct);
}
