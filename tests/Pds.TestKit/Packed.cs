using System.IO.Compression;
using System.Text;

namespace Pds.TestKit;

/// <summary>Texts as they are compressed on the way.</summary>
public static class Packed
{
    /// <param name="encoding"><c>gzip</c>, <c>deflate</c> or <c>br</c>, as HTTP means them.</param>
    public static byte[] With(string encoding, string text)
    {
        using var packed = new MemoryStream();
        using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        }) packing.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    public static string Gunzip(byte[] packed)
    {
        using var plain = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return plain.ReadToEnd();
    }
}
