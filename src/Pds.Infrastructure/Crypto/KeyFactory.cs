using Pds.Application.Ports;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>Signs K-256 by libsecp256k1 where the system has it, everything else by the platform.</summary>
internal sealed class KeyFactory(K256Backend k256) : IKeyFactory
{
    public KeyFactory() : this(Secp256k1Native.IsPresent ? K256Backend.Libsecp256k1 : K256Backend.Platform) { }

    public string Backend => k256 == K256Backend.Libsecp256k1 ? "libsecp256k1" : "platform";

    public PrivateKey Generate(Curve curve) => PrivateKey.Generate(curve);

    public ISigningKey Import(PrivateKey key) =>
        key.Curve == Curve.K256 && k256 == K256Backend.Libsecp256k1 ? new NativeK256SigningKey(key) : new PlatformSigningKey(key);
}
