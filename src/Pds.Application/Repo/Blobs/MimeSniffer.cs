using System.Text;

namespace Pds.Application.Repo.Blobs;

/// <summary>Tells what a file is from its first bytes, by the signatures that formats begin with. See docs/adr for the library this stands in for.</summary>
internal static class MimeSniffer
{
    private static readonly Signature[] Signatures =
    [
        new(0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        new(0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "image/png"),
        new(0, "GIF8"u8.ToArray(), "image/gif"),
        new(0, "BM"u8.ToArray(), "image/bmp"),
        new(0, [0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        new(0, [0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        new(0, [0x00, 0x00, 0x01, 0x00], "image/x-icon"),
        new(8, "WEBP"u8.ToArray(), "image/webp", "RIFF"u8.ToArray()),
        new(8, "WAVE"u8.ToArray(), "audio/wav", "RIFF"u8.ToArray()),
        new(8, "AVI "u8.ToArray(), "video/vnd.avi", "RIFF"u8.ToArray()),
        new(0, [0xFF, 0x0A], "image/jxl"),
        new(0, [0x00, 0x00, 0x00, 0x0C, .. "JXL "u8], "image/jxl"),
        new(0, "fLaC"u8.ToArray(), "audio/x-flac"),
        new(0, "OggS"u8.ToArray(), "audio/ogg"),
        new(0, "ID3"u8.ToArray(), "audio/mpeg"),
        new(0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        new(0, "%PDF-"u8.ToArray(), "application/pdf"),
        new(0, [.. "PK"u8, 0x03, 0x04], "application/zip"),
        new(0, [0x1F, 0x8B], "application/gzip"),
        new(0, "wOFF"u8.ToArray(), "font/woff"),
        new(0, "wOF2"u8.ToArray(), "font/woff2"),
    ];

    /// <summary>ISO base media files name their brand at byte 8, after <c>ftyp</c>.</summary>
    private static readonly Dictionary<string, string> Brands = new()
    {
        ["avif"] = "image/avif",
        ["avis"] = "image/avif",
        ["heic"] = "image/heic",
        ["heix"] = "image/heic",
        ["mif1"] = "image/heif",
        ["msf1"] = "image/heif-sequence",
        ["hevc"] = "image/heic-sequence",
        ["qt  "] = "video/quicktime",
        ["M4V "] = "video/x-m4v",
        ["M4A "] = "audio/x-m4a",
        ["M4B "] = "audio/mp4",
    };

    /// <summary>The MIME type, or null where the bytes are nothing that is known.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head)
    {
        foreach (var signature in Signatures)
        {
            if (signature.Matches(head)) return signature.MimeType;
        }

        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
            return Brands.GetValueOrDefault(Encoding.ASCII.GetString(head[8..12]), "video/mp4");
        return head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 ? "audio/mpeg" : null; // a bare frame of MPEG layer III
    }

    /// <summary>What a Content-Type header says without its parameters: <c>text/plain; charset=utf-8</c> is <c>text/plain</c>. What names no type at all is just bytes.</summary>
    public static string WithoutParameters(string contentType)
    {
        var type = contentType.Split(';', 2)[0].Trim();
        return type.Contains('/', StringComparison.Ordinal) ? type : "application/octet-stream";
    }

    private sealed record Signature(int Offset, byte[] Bytes, string MimeType, byte[]? Start = null)
    {
        public bool Matches(ReadOnlySpan<byte> head) =>
            head.Length >= Offset + Bytes.Length && head[Offset..].StartsWith(Bytes) && (Start is null || head.StartsWith(Start));
    }
}
