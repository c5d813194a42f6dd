using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Pds.Api.Limits;

/// <summary>Whose counter it is, in a fixed length: what clients send must neither take up memory nor choose its place in a table.</summary>
/// <param name="First">For the first window of a rate.</param>
/// <param name="Second">For the second.</param>
internal readonly record struct RateKey(UInt128 First, UInt128 Second)
{
    private const int MostOnStack = 512;

    // Of this process alone: without it nobody can look for keys that fall together.
    private static readonly string Salt = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public UInt128 this[int window] => window == 0 ? First : Second;

    public static RateKey Of(string rate, string key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[MostOnStack];
        if (Utf8.TryWrite(text, $"{Salt}\n{rate}\n{key}", out var length)) SHA256.HashData(text[..length], digest);
        else SHA256.HashData(Encoding.UTF8.GetBytes($"{Salt}\n{rate}\n{key}"), digest);

        return new RateKey(BinaryPrimitives.ReadUInt128LittleEndian(digest), BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]));
    }
}
