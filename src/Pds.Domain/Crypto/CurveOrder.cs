namespace Pds.Domain.Crypto;

/// <summary>How many points a curve's group has, <c>n</c>: private keys and both halves of a signature are numbers from 1 to n − 1.</summary>
/// <remarks>SEC 2, sections 2.4.1 and 2.4.2. Both are odd and have 32 bytes.</remarks>
internal static class CurveOrder
{
    public const int ByteLength = 32;

    private static readonly byte[] K256 = Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");
    private static readonly byte[] P256 = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>The order, big-endian.</summary>
    public static ReadOnlySpan<byte> Of(Curve curve) => curve == Curve.K256 ? K256 : P256;

    /// <summary>True for 32 bytes that are, big-endian, a number from 1 to n − 1.</summary>
    public static bool Contains(Curve curve, ReadOnlySpan<byte> scalar) =>
        scalar.Length == ByteLength && scalar.ContainsAnyExcept((byte)0) && scalar.SequenceCompareTo(Of(curve)) < 0;
}
