using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The directory of did:plc: embedded, or over HTTP.</summary>
public interface IPlcDirectory
{
    /// <summary>Publishes a signed operation.</summary>
    /// <exception cref="PlcException">The directory refuses it.</exception>
    Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct);

    /// <summary>The DID's document, or null where the directory knows none (or a tombstone).</summary>
    Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct);
}
