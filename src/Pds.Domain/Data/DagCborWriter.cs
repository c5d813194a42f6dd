using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Pds.Domain.Data;

/// <summary>Writes canonical DAG-CBOR: definite lengths in their shortest form, links as tag 42, no floats.</summary>
/// <remarks>
/// https://atproto.com/specs/data-model. The caller of <see cref="WriteMapHeader"/> writes the keys in canonical order (shorter first,
/// then by bytes); <see cref="WriteValue"/> does that itself.
/// </remarks>
public readonly struct DagCborWriter(IBufferWriter<byte> output)
{
    private const int LinkTag = 42;

    /// <summary>Encodes a whole value.</summary>
    public static byte[] Encode(LexValue value)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        new DagCborWriter(buffer).WriteValue(value);
        return buffer.WrittenSpan.ToArray();
    }

    public void WriteMapHeader(int count) => WriteHead(CborMajor.Map, (ulong)count);

    public void WriteArrayHeader(int count) => WriteHead(CborMajor.Array, (ulong)count);

    public void WriteNull() => WriteByte(CborMajor.NullByte);

    public void WriteBoolean(bool value) => WriteByte(value ? CborMajor.TrueByte : CborMajor.FalseByte);

    public void WriteInteger(long value)
    {
        if (value >= 0) WriteHead(CborMajor.Unsigned, (ulong)value);
        else WriteHead(CborMajor.Negative, (ulong)~value);
    }

    public void WriteText(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteHead(CborMajor.Text, (ulong)length);
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    /// <summary>Text that is already UTF-8, such as a literal key.</summary>
    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        WriteHead(CborMajor.Text, (ulong)utf8.Length);
        output.Write(utf8);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteHead(CborMajor.Bytes, (ulong)bytes.Length);
        output.Write(bytes);
    }

    public void WriteLink(Cid cid)
    {
        WriteHead(CborMajor.Tag, LinkTag);
        WriteHead(CborMajor.Bytes, Cid.ByteLength + 1);
        var span = output.GetSpan(Cid.ByteLength + 1);
        span[0] = 0; // the multibase prefix for "binary"
        cid.WriteTo(span[1..]);
        output.Advance(Cid.ByteLength + 1);
    }

    public void WriteLinkOrNull(Cid? cid)
    {
        if (cid is { } link) WriteLink(link);
        else WriteNull();
    }

    public void WriteValue(LexValue value)
    {
        switch (value)
        {
            case LexNull: WriteNull(); break;
            case LexBoolean boolean: WriteBoolean(boolean.Value); break;
            case LexInteger integer: WriteInteger(integer.Value); break;
            case LexString text: WriteText(text.Value); break;
            case LexBytes bytes: WriteBytes(bytes.Value.Span); break;
            case LexLink link: WriteLink(link.Value); break;
            case LexArray array: WriteArray(array); break;
            case LexObject map: WriteMap(map); break;
            default: throw new DataModelException($"Cannot encode {value.GetType().Name}");
        }
    }

    private void WriteArray(LexArray array)
    {
        WriteArrayHeader(array.Items.Count);
        foreach (var item in array.Items) WriteValue(item);
    }

    private void WriteMap(LexObject map)
    {
        var fields = ArrayPool<KeyValuePair<string, LexValue>>.Shared.Rent(map.Count);
        var count = 0;
        foreach (var field in map.Fields) fields[count++] = field;
        Array.Sort(fields, 0, count, CanonicalOrder.Instance);

        WriteMapHeader(count);
        for (var i = 0; i < count; i++)
        {
            WriteText(fields[i].Key);
            WriteValue(fields[i].Value);
        }

        ArrayPool<KeyValuePair<string, LexValue>>.Shared.Return(fields, clearArray: true);
    }

    private void WriteHead(byte major, ulong argument)
    {
        var span = output.GetSpan(9);
        switch (argument)
        {
            case < 24:
                span[0] = (byte)(major | (byte)argument);
                output.Advance(1);
                break;
            case <= byte.MaxValue:
                span[0] = (byte)(major | CborMajor.OneByte);
                span[1] = (byte)argument;
                output.Advance(2);
                break;
            case <= ushort.MaxValue:
                span[0] = (byte)(major | CborMajor.TwoBytes);
                BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)argument);
                output.Advance(3);
                break;
            case <= uint.MaxValue:
                span[0] = (byte)(major | CborMajor.FourBytes);
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)argument);
                output.Advance(5);
                break;
            default:
                span[0] = (byte)(major | CborMajor.EightBytes);
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], argument);
                output.Advance(9);
                break;
        }
    }

    private void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private sealed class CanonicalOrder : IComparer<KeyValuePair<string, LexValue>>
    {
        public static readonly CanonicalOrder Instance = new();

        public int Compare(KeyValuePair<string, LexValue> x, KeyValuePair<string, LexValue> y)
        {
            var lengths = Encoding.UTF8.GetByteCount(x.Key).CompareTo(Encoding.UTF8.GetByteCount(y.Key));
            return lengths != 0 ? lengths : Utf8Order.Compare(x.Key, y.Key);
        }
    }
}
