using System.Text;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.Infrastructure.Tests.Identity.Dns;

/// <summary>DNS answers, byte by byte.</summary>
internal static class DnsBytes
{
    public const int Txt = 16;
    public const int Cname = 5;

    /// <summary>The name asked for: where its only copy begins, right after the header.</summary>
    public static readonly byte[] Question = [0xc0, DnsMessage.HeaderLength];

    /// <summary>An answer to a question, with records that come as they are.</summary>
    public static byte[] Answer(ReadOnlySpan<byte> query, int flags, params byte[][] records)
    {
        byte[] message = [.. query, .. records.SelectMany(record => record)];
        (message[2], message[3]) = ((byte)(0x81 | (flags >> 8)), (byte)(0x80 | flags)); // a response, recursion desired and available
        (message[6], message[7]) = ((byte)(records.Length >> 8), (byte)records.Length);
        return message;
    }

    public static byte[] Record(byte[] owner, int type, byte[] data) =>
        [.. owner, 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public static byte[] Text(string text) => Record(Question, Txt, Strings(text));

    /// <summary>A text in strings of at most 255 bytes.</summary>
    public static byte[] Strings(string text) =>
        [.. Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(chunk => (byte[])[(byte)chunk.Length, .. chunk])];

    public static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
}
