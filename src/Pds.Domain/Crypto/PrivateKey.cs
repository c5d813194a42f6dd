using System.Diagnostics;
using System.Security.Cryptography;

namespace Pds.Domain.Crypto;

/// <summary>A private key on its way to or from storage. Never prints itself; <see cref="ISigningKey"/> is what uses it.</summary>
[DebuggerDisplay("•••")]
public sealed class PrivateKey
{
    public const int ByteLength = CurveOrder.ByteLength;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private PrivateKey(Curve curve, byte[] bytes) => (Curve, _bytes) = (curve, bytes);

    public Curve Curve { get; }

    /// <param name="bytes">The key as a number, big-endian, from 1 to the curve's order less one.</param>
    /// <exception cref="FormatException">Not 32 bytes, or out of that range.</exception>
    public static PrivateKey Of(Curve curve, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteLength) throw new FormatException($"Invalid private key: {bytes.Length} bytes where there must be {ByteLength}");
        if (!CurveOrder.Contains(curve, bytes)) throw new FormatException($"Invalid private key: zero, or not below the order of {curve}");
        return new PrivateKey(curve, bytes.ToArray());
    }

    public static PrivateKey Generate(Curve curve)
    {
        var bytes = new byte[ByteLength];
        do RandomNumberGenerator.Fill(bytes);
        while (!CurveOrder.Contains(curve, bytes)); // once in 2³² for P-256, never for K-256

        return new PrivateKey(curve, bytes);
    }

    /// <summary>The 32 bytes, big-endian, for whoever encrypts or imports them.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    public override string ToString() => "•••";
}
