using System.Buffers.Binary;
using System.Text;

namespace Pds.Infrastructure.Identity.Dns;

/// <summary>Reads the fields of a DNS message. Past its end, or in a circle, is a <see cref="FormatException"/>.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message, int at)
{
    private const int MaxNameLength = 255;
    private const byte PointerMask = 0xc0;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at = at;

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public void Skip(int count) => Take(count);

    /// <summary>A name without a dot at the end. One with anything else than printable ASCII, or a dot within a label, is none that is asked for: it becomes "?".</summary>
    public string ReadName()
    {
        var (name, isPlain, at, resume, length) = (new StringBuilder(), true, _at, -1, 0);
        while (true)
        {
            var size = Byte(at);
            if ((size & PointerMask) == PointerMask)
            {
                // A pointer leads strictly backwards, so no chain of them can go round for ever.
                var target = ((size & ~PointerMask) << 8) | Byte(at + 1);
                if (resume < 0) resume = at + 2;
                if (target >= at) throw Broken("a name that points forward");
                if ((length += 2) > MaxNameLength) throw Broken("a name of too many pointers");
                at = target;
                continue;
            }

            if ((size & PointerMask) != 0) throw Broken("an unknown kind of label");
            if (size == 0) break;
            if ((length += 1 + size) > MaxNameLength) throw Broken("a name that is too long");
            if (at + 1 + size > _message.Length) throw Broken("a name that goes past the end");

            var label = _message.Slice(at + 1, size);
            isPlain &= !label.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !label.Contains((byte)'.');
            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.ASCII.GetString(label));
            at += 1 + size;
        }

        _at = resume < 0 ? at + 1 : resume;
        return isPlain ? name.ToString() : "?";
    }

    /// <summary>Reads the length of a record's data; answers where it ends.</summary>
    public int BeginData()
    {
        var end = ReadUInt16() + _at;
        return end <= _message.Length ? end : throw Broken("a record that goes past the end");
    }

    /// <summary>The strings of a TXT record, one after the other, as one text.</summary>
    public string ReadText(int end)
    {
        var text = new StringBuilder();
        while (_at < end)
        {
            var part = Take(Take(1)[0]);
            text.Append(Encoding.UTF8.GetString(part));
        }

        return _at == end ? text.ToString() : throw Broken("text that goes past its record");
    }

    /// <summary>Goes on after a record's data, read or not.</summary>
    public void EndData(int end) => _at = _at <= end ? end : throw Broken("data that goes past its record");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _message.Length - _at) throw Broken("less than it should have");
        var taken = _message.Slice(_at, count);
        _at += count;
        return taken;
    }

    private readonly byte Byte(int at) => at < _message.Length ? _message[at] : throw Broken("a name that goes past the end");

    private static FormatException Broken(string what) => new($"Invalid DNS message: {what}");
}
