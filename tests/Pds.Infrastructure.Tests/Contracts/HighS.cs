using System.Numerics;
using Pds.Domain.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Makes the signatures that the protocol forbids, by arithmetic of its own.</summary>
internal static class HighS
{
    /// <summary>The curve's order: 32 bytes, big-endian.</summary>
    public static byte[] Order(Curve curve) => Convert.FromHexString(curve == Curve.K256
        ? "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"
        : "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>Replaces s by n − s.</summary>
    public static void Of(Curve curve, byte[] signature)
    {
        var order = new BigInteger(Order(curve), isUnsigned: true, isBigEndian: true);
        var s = order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        signature.AsSpan(32).Clear();
        s.TryWriteBytes(signature.AsSpan(64 - s.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
    }
}
