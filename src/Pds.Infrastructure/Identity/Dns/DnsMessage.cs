using System.Buffers.Binary;
using System.Text;

namespace Pds.Infrastructure.Identity.Dns;

/// <summary>The part of DNS messages (RFC 1035) that a look-up of TXT records needs. Whatever arrives is distrusted.</summary>
internal static class DnsMessage
{
    /// <summary>The longest message over UDP that a server sends to whoever does not announce to take more.</summary>
    public const int MaxUdpBytes = 512;

    public const int HeaderLength = 12;

    private const ushort RecursionDesired = 0x0100;
    private const ushort IsResponse = 0x8000;
    private const ushort OpcodeMask = 0x7800;
    private const ushort Truncated = 0x0200;
    private const ushort ResponseCodeMask = 0x000f;
    private const ushort TypeCname = 5;
    private const ushort TypeTxt = 16;
    private const ushort ClassInternet = 1;
    private const int MaxAliases = 8;

    /// <summary>A question for a name's TXT records.</summary>
    /// <param name="id">Random: a forger has to guess it.</param>
    /// <param name="name">Labels of 1 to 63 ASCII characters between dots, 253 in all.</param>
    public static byte[] Query(ushort id, string name)
    {
        var message = new byte[HeaderLength + name.Length + 2 + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), 1);

        var at = HeaderLength;
        foreach (var label in name.Split('.'))
        {
            message[at] = (byte)label.Length;
            at += 1 + Encoding.ASCII.GetBytes(label, message.AsSpan(at + 1));
        }

        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 1), TypeTxt);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at + 3), ClassInternet);
        return message;
    }

    /// <summary>Reads the answer to <see cref="Query"/>; null for a message that answers something else.</summary>
    /// <exception cref="FormatException">It answers this question, but is broken.</exception>
    public static DnsAnswer? TryRead(ReadOnlySpan<byte> message, ushort id, string name)
    {
        if (message.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(message) != id) return null;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & IsResponse) == 0 || (flags & OpcodeMask) != 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1) return null;

        var reader = new DnsReader(message, HeaderLength);
        if (!IsName(reader.ReadName(), name) || reader.ReadUInt16() != TypeTxt || reader.ReadUInt16() != ClassInternet) return null;

        var code = (DnsResponseCode)(flags & ResponseCodeMask);
        if ((flags & Truncated) != 0) return new DnsAnswer(code, IsTruncated: true, []);
        return new DnsAnswer(code, IsTruncated: false, ReadTexts(ref reader, BinaryPrimitives.ReadUInt16BigEndian(message[6..]), name));
    }

    private static List<string> ReadTexts(ref DnsReader reader, int count, string name)
    {
        Dictionary<string, string> aliases = new(StringComparer.OrdinalIgnoreCase);
        List<(string Owner, string Text)> texts = [];
        for (; count > 0; count--)
        {
            var owner = reader.ReadName();
            var (type, recordClass) = (reader.ReadUInt16(), reader.ReadUInt16());
            reader.Skip(4); // time to live
            var end = reader.BeginData();
            if (recordClass == ClassInternet && type == TypeCname) aliases[owner] = reader.ReadName();
            if (recordClass == ClassInternet && type == TypeTxt) texts.Add((owner, reader.ReadText(end)));
            reader.EndData(end);
        }

        // The records may belong to the name that this one is another name for.
        for (var i = 0; i < MaxAliases && aliases.TryGetValue(name, out var target); i++) name = target;
        return [.. texts.Where(text => IsName(text.Owner, name)).Select(text => text.Text)];
    }

    private static bool IsName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
