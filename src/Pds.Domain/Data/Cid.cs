using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pds.Domain.Syntax;

namespace Pds.Domain.Data;

/// <summary>A link: the SHA-256 of a block and how the block is encoded. Only the CIDs that atproto "blesses" can be built: version 1, SHA-256, DAG-CBOR or raw.</summary>
/// <remarks>https://atproto.com/specs/data-model#link-and-cid-formats. 33 bytes, no heap.</remarks>
public readonly struct Cid : ISyntax<Cid>, IEquatable<Cid>, IComparable<Cid>
{
    /// <summary>The binary form: version, codec, hash, hash length, 32 bytes of digest.</summary>
    public const int ByteLength = 36;

    /// <summary>The text form: a <c>b</c> and 58 characters of base32.</summary>
    public const int TextLength = 59;

    private const byte Version = 1;
    private const byte Sha256 = 0x12;
    private const byte DigestLength = 32;

    private readonly Digest _digest;
    private readonly CidCodec _codec;

    private Cid(CidCodec codec, in Digest digest) => (_codec, _digest) = (codec, digest);

    public CidCodec Codec => _codec;

    /// <summary>The CID of a block: hashes it.</summary>
    public static Cid Of(CidCodec codec, ReadOnlySpan<byte> block)
    {
        var digest = default(Digest);
        SHA256.HashData(block, digest);
        return new Cid(codec, digest);
    }

    /// <summary>The CID of a block whose SHA-256 is already known, as after streaming a blob.</summary>
    /// <exception cref="ArgumentException">The digest is not 32 bytes long.</exception>
    public static Cid OfDigest(CidCodec codec, ReadOnlySpan<byte> sha256)
    {
        if (sha256.Length != DigestLength) throw new ArgumentException("A SHA-256 digest has 32 bytes", nameof(sha256));
        var digest = default(Digest);
        sha256.CopyTo(digest);
        return new Cid(codec, digest);
    }

    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out Cid cid)
    {
        cid = default;
        if (bytes.Length != ByteLength || bytes[0] != Version || bytes[2] != Sha256 || bytes[3] != DigestLength) return false;
        if (bytes[1] is not ((byte)CidCodec.DagCbor or (byte)CidCodec.Raw)) return false;
        cid = OfDigest((CidCodec)bytes[1], bytes[4..]);
        return true;
    }

    /// <exception cref="FormatException">The bytes are not a blessed CID.</exception>
    public static Cid FromBytes(ReadOnlySpan<byte> bytes) => TryFromBytes(bytes, out var cid) ? cid : throw new FormatException("Invalid cid");

    public static bool TryParse([NotNullWhen(true)] string? text, out Cid cid)
    {
        cid = default;
        Span<byte> bytes = stackalloc byte[ByteLength];
        return text is { Length: TextLength } && text[0] == 'b' && Base32.TryDecode(text.AsSpan(1), bytes) && TryFromBytes(bytes, out cid);
    }

    public static Cid Parse(string text) => AtSyntax.Parse<Cid>(text);

    /// <summary>Writes the <see cref="ByteLength"/> bytes of the binary form.</summary>
    public void WriteTo(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)_codec;
        destination[2] = Sha256;
        destination[3] = DigestLength;
        ((ReadOnlySpan<byte>)_digest).CopyTo(destination[4..]);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        WriteTo(bytes);
        return bytes;
    }

    public override string ToString() => string.Create(TextLength, this, static (text, cid) =>
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        cid.WriteTo(bytes);
        text[0] = 'b';
        Base32.Encode(bytes, text[1..]);
    });

    public bool Equals(Cid other) => _codec == other._codec && ((ReadOnlySpan<byte>)_digest).SequenceEqual(other._digest);

    public override bool Equals(object? obj) => obj is Cid other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(_digest); // already uniform

    public int CompareTo(Cid other)
    {
        var codecs = _codec.CompareTo(other._codec);
        return codecs != 0 ? codecs : ((ReadOnlySpan<byte>)_digest).SequenceCompareTo(other._digest);
    }

    public static bool operator ==(Cid left, Cid right) => left.Equals(right);

    public static bool operator !=(Cid left, Cid right) => !left.Equals(right);

    public static bool operator <(Cid left, Cid right) => left.CompareTo(right) < 0;

    public static bool operator >(Cid left, Cid right) => left.CompareTo(right) > 0;

    public static bool operator <=(Cid left, Cid right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Cid left, Cid right) => left.CompareTo(right) >= 0;

    [InlineArray(DigestLength)]
    private struct Digest
    {
        private byte _first;
    }
}
