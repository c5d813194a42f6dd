using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Pds.Domain.Repo.Mst;

/// <summary>A key of the tree: <c>collection/rkey</c> as bytes, at most 1024 of them, compared byte by byte.</summary>
/// <remarks>https://atproto.com/specs/repository#mst-structure. ASCII by syntax, so bytes and characters are the same.</remarks>
public readonly struct MstKey : IEquatable<MstKey>, IComparable<MstKey>
{
    public const int MaxLength = 1024;

    private const byte Slash = (byte)'/';

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:~"u8);

    private readonly byte[]? _utf8;

    private MstKey(byte[] utf8) => _utf8 = utf8;

    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The layer on which the key stands.</summary>
    public int Depth => DepthOf(Utf8);

    /// <summary>How many pairs of zero bits the SHA-256 of the key begins with: 0 to 128.</summary>
    public static int DepthOf(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, digest);

        var zeros = 0;
        for (; digest.Length > 0; digest = digest[sizeof(ulong)..])
        {
            var leading = BitOperations.LeadingZeroCount(BinaryPrimitives.ReadUInt64BigEndian(digest));
            zeros += leading;
            if (leading < 64) break;
        }

        return zeros / 2;
    }

    /// <summary>How many bytes two keys have in common at their beginning.</summary>
    public static int SharedPrefixLength(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.CommonPrefixLength(right);

    /// <summary>Whether these bytes can be a key: two segments of record-key characters with one slash between them.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        var slash = utf8.IndexOf(Slash);
        return slash > 0 && utf8.Length <= MaxLength && IsSegment(utf8[..slash]) && IsSegment(utf8[(slash + 1)..]);
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out MstKey key)
    {
        key = default;
        if (text is not { Length: <= MaxLength }) return false;
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (!IsValid(utf8)) return false;
        key = new MstKey(utf8);
        return true;
    }

    /// <exception cref="FormatException">The text cannot be a key.</exception>
    public static MstKey Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("Invalid repo path");

    public int CompareTo(MstKey other) => Utf8.SequenceCompareTo(other.Utf8);

    public bool Equals(MstKey other) => Utf8.SequenceEqual(other.Utf8);

    public override bool Equals(object? obj) => obj is MstKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.ASCII.GetString(Utf8);

    public static bool operator ==(MstKey left, MstKey right) => left.Equals(right);

    public static bool operator !=(MstKey left, MstKey right) => !left.Equals(right);

    public static bool operator <(MstKey left, MstKey right) => left.CompareTo(right) < 0;

    public static bool operator >(MstKey left, MstKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(MstKey left, MstKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(MstKey left, MstKey right) => left.CompareTo(right) >= 0;

    /// <summary>Wraps bytes that are known to be valid and that nobody else will change.</summary>
    internal static MstKey OfChecked(byte[] utf8) => new(utf8);

    private static bool IsSegment(ReadOnlySpan<byte> segment) =>
        segment.Length > 0 && !segment.ContainsAnyExcept(Allowed) && !segment.SequenceEqual("."u8) && !segment.SequenceEqual(".."u8);
}
