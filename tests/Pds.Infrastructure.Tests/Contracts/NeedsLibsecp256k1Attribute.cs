using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class NeedsLibsecp256k1Attribute : NeedsAttribute
{
    public override string? Missing => Secp256k1Native.IsPresent ? null : "libsecp256k1 is not installed (Debian: libsecp256k1-1)";
}
