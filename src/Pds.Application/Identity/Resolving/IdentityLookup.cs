using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Resolving;

/// <summary>Finds whole identities, and says why there is none.</summary>
internal sealed class IdentityLookup(HandleLookup handles, IIdentityResolver identities, IPlcDirectory directory)
{
    /// <exception cref="XrpcException">HandleNotFound, DidNotFound, DidDeactivated; UpstreamFailure: the directory cannot be asked.</exception>
    public async Task<IdentityInfo> RequireAsync(AtIdentifier identifier, Freshness freshness, CancellationToken ct)
    {
        var did = identifier.Did ?? await handles.FindAsync(identifier.Handle!, freshness, ct) ?? throw XrpcException.HandleNotFound();
        var document = await RequireDocumentAsync(did, freshness, ct);
        return new IdentityInfo(did, await ConfirmAsync(document, identifier.Handle, freshness, ct), document);
    }

    /// <exception cref="XrpcException">DidNotFound, DidDeactivated; UpstreamFailure: the directory cannot be asked.</exception>
    public async Task<DidDocument> RequireDocumentAsync(Did did, Freshness freshness, CancellationToken ct)
    {
        var document = freshness == Freshness.OfNow ? await identities.RefreshDidAsync(did, ct) : await identities.ResolveDidAsync(did, ct);
        return document ?? throw await ExplainAsync(did, ct);
    }

    /// <summary>A document says what its handle is; that counts if the handle says so too.</summary>
    /// <param name="found">The handle by which the document was found, so that it need not be asked again.</param>
    private async Task<Handle> ConfirmAsync(DidDocument document, Handle? found, Freshness freshness, CancellationToken ct)
    {
        if (document.Handle is not { } named) return Handle.Invalid;
        return named == found || await handles.FindAsync(named, freshness, ct) == document.Id ? named : Handle.Invalid;
    }

    /// <summary>A resolver does not tell an identity that has ended from one that never was, or a directory that is down; the directory does.</summary>
    private async Task<XrpcException> ExplainAsync(Did did, CancellationToken ct)
    {
        if (did.Method != "plc") return XrpcException.DidNotFound(did);
        return await directory.FindLogAsync(did, ct) is { Last: PlcTombstone } ? XrpcException.DidDeactivated(did) : XrpcException.DidNotFound(did);
    }
}
