using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Pds.Domain.Crypto;

/// <summary>A point of a curve by its two coordinates: 32 bytes each, big-endian.</summary>
/// <remarks>Only points that are on the curve can be built. Finding y takes about as long as a signature, so hold on to what comes out.</remarks>
public sealed class CurvePoint
{
    private const int CoordinateLength = 32;
    private const byte Even = 2;
    private const byte Odd = 3;
    private const byte Uncompressed = 4;

    // SEC 2, sections 2.4.1 and 2.4.2. The leading zero keeps BigInteger from reading a minus.
    private static readonly BigInteger K256Prime = Hex("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F");
    private static readonly BigInteger P256Prime = Hex("0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger P256B = Hex("05AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    private readonly byte[] _x;
    private readonly byte[] _y;

    private CurvePoint(byte[] x, byte[] y) => (_x, _y) = (x, y);

    public ReadOnlySpan<byte> X => _x;

    public ReadOnlySpan<byte> Y => _y;

    /// <summary>Finds the point of a <c>02</c> or <c>03</c> and its x (SEC 1, section 2.3.4); false where the curve has none.</summary>
    public static bool TryDecompress(Curve curve, ReadOnlySpan<byte> compressed, [MaybeNullWhen(false)] out CurvePoint point)
    {
        point = null;
        if (compressed.Length != 1 + CoordinateLength || compressed[0] is not (Even or Odd)) return false;

        var prime = curve == Curve.K256 ? K256Prime : P256Prime;
        var x = new BigInteger(compressed[1..], isUnsigned: true, isBigEndian: true);
        if (x >= prime) return false;

        // Both primes are 3 mod 4, so a root is one power away.
        var square = Square(curve, x, prime);
        var y = BigInteger.ModPow(square, (prime + 1) / 4, prime);
        if (y * y % prime != square) return false;

        // No point has y = 0: both curves' groups have an odd order.
        if (y.IsEven != (compressed[0] == Even)) y = prime - y;
        point = new CurvePoint(compressed[1..].ToArray(), Bytes(y));
        return true;
    }

    /// <summary>Turns <c>04</c>, x, y into the compressed form; false where that is no point of the curve.</summary>
    public static bool TryCompress(Curve curve, ReadOnlySpan<byte> uncompressed, Span<byte> compressed)
    {
        if (uncompressed.Length != 1 + (2 * CoordinateLength) || uncompressed[0] != Uncompressed) return false;

        var prime = curve == Curve.K256 ? K256Prime : P256Prime;
        var x = new BigInteger(uncompressed.Slice(1, CoordinateLength), isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(uncompressed[(1 + CoordinateLength)..], isUnsigned: true, isBigEndian: true);
        if (x >= prime || y >= prime || y * y % prime != Square(curve, x, prime)) return false;

        compressed[0] = y.IsEven ? Even : Odd;
        uncompressed.Slice(1, CoordinateLength).CopyTo(compressed[1..]);
        return true;
    }

    /// <summary>y² of the point with that x, if there is one. K-256: x³ + 7. P-256: x³ − 3x + b.</summary>
    private static BigInteger Square(Curve curve, BigInteger x, BigInteger prime)
    {
        var square = (curve == Curve.K256 ? (x * x * x) + 7 : (x * x * x) - (3 * x) + P256B) % prime;
        return square.Sign < 0 ? square + prime : square;
    }

    private static byte[] Bytes(BigInteger coordinate)
    {
        var bytes = new byte[CoordinateLength];
        coordinate.TryWriteBytes(bytes.AsSpan(CoordinateLength - coordinate.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
