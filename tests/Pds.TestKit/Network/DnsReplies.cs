using System.Buffers.Binary;
using System.Text;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.TestKit;

/// <summary>Replies as DNS servers make them.</summary>
public static class DnsReplies
{
    public const ushort Txt = 16;
    public const ushort Cname = 5;

    /// <summary>The end of the question: where its name begins is 12, and replies point there.</summary>
    private static readonly byte[] QuestionName = [0xc0, DnsMessage.HeaderLength];

    /// <param name="query">What is answered.</param>
    /// <param name="code">The response code.</param>
    /// <param name="isTruncated">Whether there is more over TCP.</param>
    /// <param name="records">Each as <see cref="Record"/> makes it.</param>
    public static byte[] To(ReadOnlySpan<byte> query, int code = 0, bool isTruncated = false, params byte[][] records)
    {
        byte[] reply = [.. query, .. records.SelectMany(record => record)];
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(2), (ushort)(0x8180 | code | (isTruncated ? 0x0200 : 0)));
        BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), (ushort)records.Length);
        return reply;
    }

    /// <summary>A TXT record of the name that was asked for, cut into strings of at most 255 bytes.</summary>
    public static byte[] Text(string text) => Record(QuestionName, Txt, [.. Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(part => (byte[])[(byte)part.Length, .. part])]);

    public static byte[] Record(byte[] owner, ushort type, byte[] data) =>
        [.. owner, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    public static byte[] Alias(string target) => Record(QuestionName, Cname, Name(target));

    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
}
