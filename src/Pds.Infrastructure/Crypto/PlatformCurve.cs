using System.Security.Cryptography;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Crypto;

/// <summary>The framework's names for the two curves.</summary>
internal static class PlatformCurve
{
    private static readonly ECCurve K256 = ECCurve.CreateFromFriendlyName("secp256k1");

    public static ECCurve Of(Curve curve) => curve == Curve.K256 ? K256 : ECCurve.NamedCurves.nistP256;
}
