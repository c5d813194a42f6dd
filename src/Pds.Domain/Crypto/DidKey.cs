namespace Pds.Domain.Crypto;

/// <summary>A public key as the protocol writes it: <c>did:key:z…</c>.</summary>
public sealed record DidKey;
