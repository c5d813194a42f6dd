using Pds.Application.Errors;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The directory of did:plc: embedded, or over HTTP.</summary>
/// <remarks>One over HTTP that cannot be reached, or answers nonsense, is an <see cref="XrpcErrorKind.UpstreamFailure"/>.</remarks>
public interface IPlcDirectory
{
    /// <summary>Publishes a signed operation.</summary>
    /// <exception cref="PlcException">The directory refuses it.</exception>
    Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct);

    /// <summary>The DID's document as it is now, or null where the directory knows none (or a tombstone).</summary>
    Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct);

    /// <summary>All that was ever accepted for a DID, nullified operations too; taken on the directory's word. Null for one it does not know.</summary>
    Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct);
}
