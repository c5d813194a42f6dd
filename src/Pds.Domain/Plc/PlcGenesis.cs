using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Plc;

/// <summary>A new identity: the operation that creates it, and the name that follows from the operation's hash.</summary>
public sealed record PlcGenesis(Did Did, PlcRegularOperation Operation)
{
    /// <summary>How much of the hash a DID bears: 24 characters of base32, 120 bits.</summary>
    public const int IdentifierLength = 24;

    private const int DigestStart = 4; // after a CID's version, codec, hash and hash length

    /// <param name="state">What the identity shall be.</param>
    /// <param name="key">One of the state's own rotation keys.</param>
    public static PlcGenesis Create(PlcState state, ISigningKey key)
    {
        var operation = PlcRegularOperation.Sign(state, prev: null, key);
        return new PlcGenesis(DidOf(operation.Cid), operation);
    }

    /// <summary>The DID that an operation with this CID creates.</summary>
    public static Did DidOf(Cid genesis) =>
        Did.Parse($"did:plc:{Base32.Encode(genesis.ToBytes().AsSpan(DigestStart))[..IdentifierLength]}");
}
