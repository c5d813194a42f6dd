using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>A public key in a DID document.</summary>
/// <param name="Id">A fragment, with or without the DID before it: <c>did:plc:…#atproto</c>.</param>
/// <param name="Type"><c>Multikey</c>, or an older type that names the curve.</param>
/// <param name="Controller">Whose key it is.</param>
/// <param name="PublicKeyMultibase">The key; null where it is written in another form.</param>
public sealed record VerificationMethod(string Id, string Type, string Controller, string? PublicKeyMultibase)
{
    /// <summary>The key, where it is of a type and curve that the protocol knows.</summary>
    public DidKey? Key => DidKey.TryFromVerificationMethod(Type, PublicKeyMultibase, out var key) ? key : null;

    /// <param name="did">Whose key it is.</param>
    /// <param name="id">The fragment without its <c>#</c>.</param>
    /// <param name="multibase">The key as the part of a did:key after its last colon.</param>
    public static VerificationMethod Multikey(Did did, string id, string multibase) => new($"{did}#{id}", "Multikey", did.Value, multibase);
}
