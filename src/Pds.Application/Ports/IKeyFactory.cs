using Pds.Domain.Crypto;

namespace Pds.Application.Ports;

/// <summary>Makes private keys, and makes them usable.</summary>
public interface IKeyFactory
{
    /// <summary>What signs with K-256 keys, for the start-up log: <c>libsecp256k1</c> or <c>platform</c>.</summary>
    string Backend { get; }

    /// <summary>A new random key, to be stored and imported.</summary>
    PrivateKey Generate(Curve curve);

    /// <summary>A key that signs. Importing can cost more than signing does: hold on to it.</summary>
    ISigningKey Import(PrivateKey key);
}
