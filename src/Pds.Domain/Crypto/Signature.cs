namespace Pds.Domain.Crypto;

/// <summary>The rules of a signature's 64 bytes: r then s, each 32 bytes, big-endian (https://atproto.com/specs/cryptography).</summary>
/// <remarks>
/// If (r, s) is a signature then so is (r, n − s): without a rule, anyone could turn one signed commit into another with a different CID.
/// The protocol therefore takes only the lower s of the two.
/// </remarks>
public static class Signature
{
    public const int ByteLength = 64;

    private const int ScalarLength = ByteLength / 2;

    /// <summary>True for 64 bytes whose s is in the lower half of the curve's order. Whether it signs anything is <see cref="ISignatureVerifier"/>'s question.</summary>
    public static bool IsLowS(Curve curve, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != ByteLength) return false;
        var s = signature[ScalarLength..];
        Span<byte> negated = stackalloc byte[ScalarLength];
        return TrySubtract(CurveOrder.Of(curve), s, negated) && s.SequenceCompareTo(negated) < 0; // n is odd: the two are never equal
    }

    /// <summary>Replaces s by n − s where that is the lower one.</summary>
    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public static void ToLowS(Curve curve, Span<byte> signature)
    {
        if (signature.Length != ByteLength) throw new ArgumentException($"A signature has {ByteLength} bytes", nameof(signature));
        var s = signature[ScalarLength..];
        Span<byte> negated = stackalloc byte[ScalarLength];
        if (TrySubtract(CurveOrder.Of(curve), s, negated) && s.SequenceCompareTo(negated) > 0) negated.CopyTo(s);
    }

    /// <summary>Big-endian a − b; false where b is the greater.</summary>
    private static bool TrySubtract(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> difference)
    {
        var borrow = 0;
        for (var i = a.Length - 1; i >= 0; i--)
        {
            var digit = a[i] - b[i] - borrow;
            borrow = digit < 0 ? 1 : 0;
            difference[i] = (byte)digit;
        }

        return borrow == 0;
    }
}
